// Replaces what differs from one occurrence of a message to the next by its kind.

/// Turns `user 17 from 10.0.0.3` into `user <int> from <ip>`.
///
/// One pass over the bytes: at each place where a word begins, the word is measured once and named by the first kind
/// it fits. Time is linear in the text, whatever the text.
enum Parameterizer {
    /// Parameterises the first two lines that are not empty.
    static func parameterize(_ text: String) -> String {
        let lines = text.trimmedLines(3)
        let head = String(
            decoding: replace(Array(lines.prefix(2).joined(separator: "\n").utf8)), as: UTF8.self)
        return lines.count > 2 ? head + "…" : head
    }

    private static func replace(_ text: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(text.count)
        var index = 0
        while index < text.count {
            guard isWordByte(text[index]) else {
                out.append(text[index])
                index += 1
                continue
            }
            let end = Word.end(of: text, from: index)
            replaceWord(text[index..<end], &out)
            index = end
        }
        return out
    }

    /// Names a word as a whole, else its parts between the marks that numbers, dates and paths hold.
    private static func replaceWord(_ word: ArraySlice<UInt8>, _ out: inout [UInt8]) {
        let core = Word.withoutTrailingMarks(word)
        if let kind = Word.kind(of: core) {
            out += kind.utf8
            out += word[core.endIndex...]
            return
        }
        var rest = word
        while let first = rest.first {
            guard isAlphanumeric(first) else {
                out.append(first)
                rest = rest.dropFirst()
                continue
            }
            let part = rest.prefix { isAlphanumeric($0) }
            if let kind = Word.kind(of: part) {
                out += kind.utf8
            } else {
                replaceTrailingNumber(part, &out)
            }
            rest = rest[part.endIndex...]
        }
    }

    /// `12ms` and `3kb` are quantities; other words keep their digits (`utf8`, `v2`).
    private static func replaceTrailingNumber(_ part: ArraySlice<UInt8>, _ out: inout [UInt8]) {
        let digits = part.prefix { isDigit($0) }
        let unit = String(decoding: part[digits.endIndex...], as: UTF8.self).lowercased()
        if !digits.isEmpty, Word.durations.contains(unit) {
            out += "<duration>".utf8
        } else if !digits.isEmpty, Word.sizes.contains(unit) {
            out += "<size>".utf8
        } else {
            out += part
        }
    }

    /// Bytes that a number, a date, an address or an id may hold.
    static func isWordByte(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || byte >= 0x80
            || [0x2D, 0x2E, 0x3A, 0x40, 0x5F, 0x2F, 0x2B, 0x25].contains(byte)
    }

    static func isAlphanumeric(_ byte: UInt8) -> Bool {
        isDigit(byte) || (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte >= 0x80
    }

    static func isDigit(_ byte: UInt8) -> Bool {
        byte &- UInt8(ascii: "0") < 10
    }
}

/// A run of bytes between blanks and quotes, and what it is.
private enum Word {
    static let durations: Set<String> = ["ns", "us", "µs", "ms", "s", "sec", "m", "min", "h", "d"]
    static let sizes: Set<String> = ["b", "kb", "mb", "gb", "tb", "kib", "mib", "gib", "tib"]

    /// Where the word that begins here ends; a URL goes on through marks that end any other word.
    static func end(of text: [UInt8], from start: Int) -> Int {
        var end = start
        var isURL = false
        while end < text.count {
            let byte = text[end]
            if isURL ? isBlankOrQuote(byte) : !Parameterizer.isWordByte(byte) { break }
            if byte == UInt8(ascii: "/"), end >= start + 2, text[end - 1] == UInt8(ascii: "/"),
                text[end - 2] == UInt8(ascii: ":")
            {
                isURL = true
            }
            end += 1
        }
        return end
    }

    private static func isBlankOrQuote(_ byte: UInt8) -> Bool {
        byte <= 0x20 || [0x22, 0x27, 0x3C, 0x3E, 0x60, 0x29, 0x5D, 0x7D].contains(byte)
    }

    /// The word without the full stop, colon or comma of the sentence around it.
    static func withoutTrailingMarks(_ word: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var core = word
        while let last = core.last,
            last == UInt8(ascii: ".") || last == UInt8(ascii: ":") || last == UInt8(ascii: ",")
        {
            core = core.dropLast()
        }
        return core
    }

    /// What a word is, as `<kind>`; nil when it is just a word.
    static func kind(of word: ArraySlice<UInt8>) -> String? {
        guard !word.isEmpty else { return nil }
        if isURL(word) { return "<url>" }
        if isEmail(word) { return "<email>" }
        let hasDigit = word.contains { Parameterizer.isDigit($0) }
        guard hasDigit || word.contains(UInt8(ascii: ":")) else { return isHash(word) ? "<hex>" : nil }
        if isUUID(word) { return "<uuid>" }
        if isIPv4(word) || isIPv6(word) { return "<ip>" }
        if isDate(word) { return "<date>" }
        if isTime(word) { return "<time>" }
        if isHexNumber(word) || isHash(word) { return "<hex>" }
        if isInteger(word) { return "<int>" }
        return isDecimal(word) ? "<float>" : nil
    }

    private static func isURL(_ word: ArraySlice<UInt8>) -> Bool {
        let scheme = word.prefix { Parameterizer.isAlphanumeric($0) }
        let rest = word[scheme.endIndex...]
        return (2...12).contains(scheme.count) && rest.count > 3 && rest.starts(with: "://".utf8)
    }

    private static func isEmail(_ word: ArraySlice<UInt8>) -> Bool {
        let sides = word.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard sides.count == 2, !sides[0].isEmpty else { return false }
        let labels = sides[1].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return labels.count >= 2 && !labels.contains { $0.isEmpty }
    }

    private static func isUUID(_ word: ArraySlice<UInt8>) -> Bool {
        guard word.count == 36 else { return false }
        return word.enumerated().allSatisfy { offset, byte in
            [8, 13, 18, 23].contains(offset) ? byte == UInt8(ascii: "-") : isHexDigit(byte)
        }
    }

    private static func isIPv4(_ word: ArraySlice<UInt8>) -> Bool {
        let sides = word.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard sides.count <= 2, sides.dropFirst().allSatisfy({ isInteger($0) && $0.count <= 5 }) else {
            return false
        }
        let groups = sides[0].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return groups.count == 4
            && groups.allSatisfy { (1...3).contains($0.count) && $0.allSatisfy { Parameterizer.isDigit($0) } }
    }

    private static func isIPv6(_ word: ArraySlice<UInt8>) -> Bool {
        guard word.count <= 39, word.allSatisfy({ isHexDigit($0) || $0 == UInt8(ascii: ":") }) else {
            return false
        }
        let groups = word.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        let isShortened = groups.dropFirst().dropLast().contains { $0.isEmpty }
        guard groups.allSatisfy({ $0.count <= 4 }) else { return false }
        return groups.count == 8 || (isShortened && (3...8).contains(groups.count))
    }

    /// `2026-03-01`, alone or with a time behind it.
    private static func isDate(_ word: ArraySlice<UInt8>) -> Bool {
        let shape = word.prefix(10).map { Parameterizer.isDigit($0) ? UInt8(ascii: "0") : $0 }
        guard shape == Array("0000-00-00".utf8) || shape == Array("0000/00/00".utf8) else { return false }
        let rest = word.dropFirst(10)
        return rest.isEmpty || (rest.first ?? 0) | 0x20 == UInt8(ascii: "t") && isTime(rest.dropFirst())
    }

    /// `10:42`, `10:42:07.123`, with a zone.
    private static func isTime(_ word: ArraySlice<UInt8>) -> Bool {
        let shape = word.prefix(5).map { Parameterizer.isDigit($0) ? UInt8(ascii: "0") : $0 }
        guard shape == Array("00:00".utf8) else { return false }
        return word.dropFirst(5).allSatisfy { byte in
            Parameterizer.isDigit(byte)
                || [0x3A, 0x2E, 0x2B, 0x2D, UInt8(ascii: "Z"), UInt8(ascii: "z")].contains(byte)
        }
    }

    private static func isHexNumber(_ word: ArraySlice<UInt8>) -> Bool {
        word.count > 2 && word.starts(with: "0x".utf8) && word.dropFirst(2).allSatisfy { isHexDigit($0) }
    }

    /// Sixteen hex digits or more, as ids and digests have, or eight with both letters and digits.
    private static func isHash(_ word: ArraySlice<UInt8>) -> Bool {
        guard word.count >= 8, word.allSatisfy({ isHexDigit($0) }) else { return false }
        let digits = word.count { Parameterizer.isDigit($0) }
        return digits < word.count && (word.count >= 16 || digits > 0)
    }

    private static func isInteger(_ word: ArraySlice<UInt8>) -> Bool {
        let digits =
            word.first == UInt8(ascii: "-") || word.first == UInt8(ascii: "+") ? word.dropFirst() : word
        return !digits.isEmpty && digits.allSatisfy { Parameterizer.isDigit($0) }
    }

    private static func isDecimal(_ word: ArraySlice<UInt8>) -> Bool {
        let sides = word.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return sides.count == 2 && isInteger(sides[0]) && !sides[1].isEmpty
            && sides[1].allSatisfy { Parameterizer.isDigit($0) }
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        Parameterizer.isDigit(byte) || (byte | 0x20) &- UInt8(ascii: "a") < 6
    }
}
