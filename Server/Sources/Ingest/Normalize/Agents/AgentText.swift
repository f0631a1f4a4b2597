// Takes the header apart: `Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/135.0`.

/// The products and remarks of a `User-Agent`, read in one pass.
struct AgentText {
    struct Product {
        let name: String
        let version: Substring
    }

    /// Longer ones are cut: nothing that tells comes so late.
    private static let length = 1024
    /// How many of either are looked at.
    private static let count = 40

    /// `Firefox/135.0`, outside of brackets; words without a version too.
    private(set) var products: [Product] = []
    /// What stands in brackets, between semicolons: `X11`, `Linux x86_64`.
    private(set) var remarks: [Substring] = []

    init(_ text: String) {
        let text = text.prefix(utf8: Self.length)
        var start = text.startIndex
        var depth = 0
        for index in text.utf8.indices {
            let byte = text.utf8[index]
            let isBracket = byte == UInt8(ascii: "(") || byte == UInt8(ascii: "[")
            let isEnd = byte == UInt8(ascii: ")") || byte == UInt8(ascii: "]")
            if depth == 0, byte == UInt8(ascii: " ") || isBracket {
                addProduct(text[start..<index])
            } else if depth > 0, byte == UInt8(ascii: ";") || (isEnd && depth == 1) {
                addRemark(text[start..<index])
            } else if !isBracket && !isEnd {
                continue
            }
            if isBracket { depth += 1 }
            if isEnd, depth > 0 { depth -= 1 }
            // Inner brackets belong to the remark around them.
            if !(isBracket && depth > 1) && !(isEnd && depth > 0) { start = text.utf8.index(after: index) }
        }
        if depth == 0 { addProduct(text[start...]) } else { addRemark(text[start...]) }
    }

    private mutating func addProduct(_ word: Substring) {
        guard !word.isEmpty, products.count < Self.count else { return }
        let isNumber = word.utf8.first.map { $0 &- UInt8(ascii: "0") < 10 } ?? false
        if isNumber, let last = products.popLast() {
            // `Instagram 278.0`: some leave a blank where others write a slash.
            products.append(Product(name: last.name, version: last.version.isEmpty ? word : last.version))
            return
        }
        let slash = word.utf8.firstIndex(of: UInt8(ascii: "/")) ?? word.endIndex
        let version = slash == word.endIndex ? "" : word[word.utf8.index(after: slash)...]
        products.append(Product(name: String(word[..<slash]), version: version))
    }

    /// Some apps write products into brackets: `[FBAN/FBIOS;FBAV/…]`.
    private mutating func addRemark(_ text: Substring) {
        let trimmed = text.drop { $0 == " " }
        guard !trimmed.isEmpty, remarks.count < Self.count else { return }
        remarks.append(trimmed)
    }

    /// The first remark that begins so, without that beginning.
    func remark(_ prefix: StaticString) -> Substring? {
        for remark in remarks {
            if let rest = remark.after(prefix) { return rest }
        }
        return nil
    }

    func hasRemark(_ text: StaticString) -> Bool {
        remarks.contains { $0.after(text)?.isEmpty == true }
    }

    func version(of name: String) -> Substring? {
        products.first { $0.name == name }?.version
    }
}

extension Substring {
    /// The text behind a beginning; nil when it begins otherwise.
    func after(_ prefix: StaticString) -> Substring? {
        prefix.withUTF8Buffer { prefix in
            guard utf8.starts(with: prefix) else { return nil }
            return self[utf8.index(startIndex, offsetBy: prefix.count)...]
        }
    }

    /// Up to three numbers from the beginning, whatever separates them: `17_4_1 like Mac OS X` is `17.4.1`.
    var version: String? {
        var parts: [Substring] = []
        var rest = self
        while parts.count < 3 {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            guard (1...10).contains(digits.utf8.count) else { break }
            parts.append(digits)
            rest = rest[digits.endIndex...]
            guard let next = rest.first, next == "." || next == "_" else { break }
            rest = rest.dropFirst()
        }
        return parts.isEmpty ? nil : parts.joined(separator: ".")
    }
}
