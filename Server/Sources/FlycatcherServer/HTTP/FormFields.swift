// Reads what forms post and what queries of URLs say.

/// The fields of an `application/x-www-form-urlencoded` text.
struct FormFields: Sendable {
    private let fields: [(name: String, value: String)]

    /// How large a form may be.
    static let maximumBytes = 64 * 1024
    /// Fields beyond this many are not read.
    static let maximumCount = 100

    /// What a request has that posts no form.
    static let none = FormFields(fields: [])

    private init(fields: [(name: String, value: String)]) {
        self.fields = fields
    }

    init(_ text: some StringProtocol) {
        fields = text.split(separator: "&", maxSplits: Self.maximumCount).prefix(Self.maximumCount).map {
            pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (Self.decoded(parts[0]), parts.count > 1 ? Self.decoded(parts[1]) : "")
        }
    }

    /// The first value of a field; nil when it does not come.
    subscript(name: String) -> String? {
        fields.first { $0.name == name }?.value
    }

    /// All values of a field that may come more than once.
    func values(_ name: String) -> [String] {
        fields.filter { $0.name == name }.map(\.value)
    }

    /// Resolves `+` and `%20`; a `%` that begins nothing stays, and so does what is no UTF-8 as U+FFFD.
    private static func decoded(_ text: some StringProtocol) -> String {
        let bytes = Array(text.utf8)
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%"), let byte = escaped(bytes[(index + 1)...].prefix(2)) {
                out.append(byte)
                index += 3
            } else {
                out.append(bytes[index] == UInt8(ascii: "+") ? UInt8(ascii: " ") : bytes[index])
                index += 1
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// Resolves `%20` and leaves everything else as it is.
    static func percentDecoded(_ text: some StringProtocol) -> String {
        decoded(String(text).replacing("+", with: "%2B"))
    }

    private static func escaped(_ digits: ArraySlice<UInt8>) -> UInt8? {
        guard digits.count == 2, digits.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") })
        else {
            return nil
        }
        return UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
    }
}
