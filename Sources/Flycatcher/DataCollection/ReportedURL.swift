// An address without the secrets that people put into addresses.

extension Flycatcher {
    /// An address as it may be reported: without credentials, with the query kept apart.
    ///
    /// ```swift
    /// let url = Flycatcher.ReportedURL("https://me:pass@shop.example/find?q=lamp&token=1#top")
    /// // url.text      https://[Filtered]:[Filtered]@shop.example/find
    /// // url.query     q=lamp&token=[Filtered]
    /// // url.fragment  top
    /// ```
    public struct ReportedURL: Hashable, Sendable {
        /// The address up to its query; user and password are `[Filtered]`.
        public let text: String
        /// The query without its question mark; nil when there is none or none is to be collected.
        public let query: String?
        /// The part after `#`, filtered like the query; nil when there is none.
        public let fragment: String?

        /// Takes an address apart.
        ///
        /// - Parameters:
        ///   - url: the address, absolute or not; it need not be well-formed.
        ///   - collection: says what is collected of the query; that of the running SDK when left out.
        public init(_ url: String, collection: DataCollection? = nil) {
            let allowed = (collection ?? Flycatcher.dataCollection).queryParams
            let (address, fragment) = url.split(at: "#")
            let (place, query) = address.split(at: "?")
            text = Self.withoutCredentials(place)
            self.query = query.flatMap { Self.filtered($0, allowed) }
            // Some apps keep parameters behind the mark too.
            self.fragment = fragment.flatMap { $0.contains("=") ? Self.filtered($0, allowed) : String($0) }
        }

        /// The whole address again, filtered.
        public var description: String {
            text + (query.map { "?\($0)" } ?? "") + (fragment.map { "#\($0)" } ?? "")
        }

        private static func withoutCredentials(_ address: Substring) -> String {
            guard let slashes = address.firstRange(of: "//") else { return String(address) }
            let rest = address[slashes.upperBound...]
            let authority = rest.prefix { $0 != "/" }
            guard let at = authority.lastIndex(of: "@") else { return String(address) }
            let hidden = authority[..<at].contains(":") ? "\(filteredText):\(filteredText)" : filteredText
            return "\(address[..<slashes.upperBound])\(hidden)\(rest[at...])"
        }

        /// The parameters of a query or form, in their order and encoding.
        static func filtered(_ query: Substring, _ allowed: DataCollection.Values) -> String? {
            guard allowed != .off else { return nil }
            return query.split(separator: "&", omittingEmptySubsequences: false).map { parameter in
                let (name, value) = parameter.split(at: "=")
                guard value != nil, !allowed.isSent(name.percentDecoded) else { return String(parameter) }
                return "\(name)=\(filteredText)"
            }.joined(separator: "&")
        }
    }
}

extension Flycatcher.ReportedURL: CustomStringConvertible {}

extension StringProtocol where SubSequence == Substring {
    /// What stands before the first mark, and what stands after it; nil for the latter when there is no mark.
    func split(at mark: Character) -> (Substring, Substring?) {
        guard let index = firstIndex(of: mark) else { return (self[...], nil) }
        return (self[..<index], self[self.index(after: index)...])
    }

    /// The text of which this is the form in addresses; a `%` that begins no code stays.
    var percentDecoded: String {
        var bytes: [UInt8] = []
        var rest = utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let value = UInt8(hexDigits: rest.prefix(2)) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension UInt8 {
    /// Reads two hex digits.
    fileprivate init?(hexDigits: some Collection<UInt8>) {
        guard hexDigits.count == 2, hexDigits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else {
            return nil
        }
        self.init(String(decoding: hexDigits, as: UTF8.self), radix: 16)
    }
}
