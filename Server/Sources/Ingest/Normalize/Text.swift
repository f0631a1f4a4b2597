// Trimming and cutting of texts, by bytes: grapheme breaking would cost more than all the rest of a step.

extension StringProtocol {
    /// The text without blanks, tabs and line ends around it.
    func trimmingBlanks() -> String {
        let bytes = Substring(self).utf8
        if let first = bytes.first, let last = bytes.last, !first.isBlank, !last.isBlank {
            return String(self)
        }
        guard let first = bytes.firstIndex(where: { !$0.isBlank }),
            let last = bytes.lastIndex(where: { !$0.isBlank })
        else { return "" }
        return String(Substring(bytes[first...last]))
    }

    /// The lines that are not blank, trimmed, at most so many.
    func trimmedLines(_ limit: Int) -> [String] {
        var lines: [String] = []
        var rest = Substring(self)
        while lines.count < limit, !rest.isEmpty {
            let end = rest.utf8.firstIndex { $0 == 0x0A || $0 == 0x0D } ?? rest.endIndex
            let line = rest[..<end].trimmingBlanks()
            if !line.isEmpty { lines.append(line) }
            rest = end == rest.endIndex ? rest[end...] : rest[rest.utf8.index(after: end)...]
        }
        return lines
    }

    /// The first line that is not blank, trimmed; nil when there is none.
    var firstTrimmedLine: String? {
        let text = trimmingBlanks()
        guard let end = text.utf8.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) else {
            return text.isEmpty ? nil : text
        }
        return text[..<end].trimmingBlanks()
    }

    /// The first line that is not blank, cut to so many characters.
    func firstLine(_ limit: Int) -> String {
        guard let line = firstTrimmedLine else { return "" }
        // A text has no more characters than bytes.
        guard line.utf8.count > limit, line.count > limit else { return line }
        return line.prefix(limit - 1) + "…"
    }
}

extension String {
    /// The first so many characters.
    ///
    /// A text has no more characters than bytes, so that the characters of short ones need not be told apart.
    func cut(to count: Int) -> String {
        utf8.count <= count ? self : String(prefix(count))
    }

    /// The longest beginning that has at most so many UTF-8 bytes and ends between two characters.
    func prefix(utf8 count: Int) -> String {
        guard utf8.count > count else { return self }
        var end = utf8.index(startIndex, offsetBy: count)
        while end > startIndex, end.samePosition(in: unicodeScalars) == nil { end = utf8.index(before: end) }
        return String(self[..<end])
    }
}

extension UInt8 {
    fileprivate var isBlank: Bool { self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0D }
}
