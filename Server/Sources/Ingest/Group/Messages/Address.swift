// Addresses of machines: by number, by name, and of what they serve.

enum Address {
    /// Four numbers of up to three digits, and perhaps a port.
    static func isV4(_ word: Span<UInt8>) -> Bool {
        var index = 0
        for part in 0..<4 {
            let end = Bytes.endOfDigits(in: word, from: index)
            guard end > index, end - index <= 3 else { return false }
            index = end
            if part == 3 { break }
            guard index < word.count, word[index] == UInt8(ascii: ".") else { return false }
            index += 1
        }
        return index == word.count || isPort(word, from: index)
    }

    /// Up to eight groups of hex digits between colons, of which one run may be left out, and a digit somewhere.
    static func isV6(_ word: Span<UInt8>) -> Bool {
        guard word.count <= 45 else { return false }
        var groupCount = 0
        var gapCount = 0
        var digits = 0
        for index in word.indices {
            let byte = word[index]
            if byte == UInt8(ascii: ":") {
                if index > 0, word[index - 1] == byte { gapCount += 1 }
                digits = 0
            } else if Bytes.isHexDigit(byte) || byte == UInt8(ascii: ".") {
                if digits == 0 { groupCount += 1 }
                digits += byte == UInt8(ascii: ".") ? -3 : 1
                if digits > 4 { return false }
            } else {
                return false
            }
        }
        return gapCount == 1 ? groupCount <= 7 : gapCount == 0 && groupCount == 8
    }

    static func isPort(_ word: Span<UInt8>, from start: Int) -> Bool {
        guard start + 1 < word.count, word[start] == UInt8(ascii: ":"), word.count - start <= 6 else {
            return false
        }
        return Bytes.endOfDigits(in: word, from: start + 1) == word.count
    }
}

enum HostName {
    /// Names that end hosts far more often than files and modules.
    private static let topLevels: [StaticString] = [
        "com", "net", "org", "edu", "gov", "mil", "int", "info", "biz", "io", "dev", "app", "cloud", "co",
        "ai",
        "eu", "de", "uk", "us", "fr", "nl", "ch", "at", "it", "es", "pl", "se", "jp", "cn", "in", "br", "ru",
        "au",
        "ca", "local", "internal", "localdomain", "lan", "corp", "svc",
    ]

    /// Lower-case labels of which the last is a top level, and perhaps a port.
    static func matches(_ word: Span<UInt8>) -> Bool {
        var end = word.count
        var colon = end
        while colon > 0, word[colon - 1] != UInt8(ascii: ":") { colon -= 1 }
        if colon > 0 {
            guard Address.isPort(word, from: colon - 1) else { return false }
            end = colon - 1
        }
        var labelStart = 0
        for index in 0..<end {
            let byte = word[index]
            if byte == UInt8(ascii: ".") {
                if index == labelStart { return false }
                labelStart = index + 1
            } else if Bytes.isUpper(byte) || !Bytes.isAlphanumeric(byte) && byte != UInt8(ascii: "-") {
                return false
            }
        }
        guard labelStart > 0, end - labelStart >= 2, end - labelStart <= 11 else { return false }
        let last = word.extracting(labelStart..<end)
        for name in topLevels where Bytes.isEqual(last, name) { return true }
        return false
    }
}

enum URLWord {
    /// Whether this slash is the second of `scheme://`.
    static func isOpened(in line: Span<UInt8>, from start: Int, at index: Int) -> Bool {
        guard index >= start + 4, line[index - 1] == UInt8(ascii: "/"), line[index - 2] == UInt8(ascii: ":")
        else { return false }
        return Bytes.isAlphanumeric(line[index - 3])
    }

    /// A URL goes on through marks that end any other word, up to a blank, a quote or a bracket.
    static func end(in line: Span<UInt8>, from start: Int) -> Int {
        var end = start
        while end < line.count, !isEnd(line[end]) { end += 1 }
        while end > start, isSentenceMark(line[end - 1]) { end -= 1 }
        return end
    }

    private static func isEnd(_ byte: UInt8) -> Bool {
        switch byte {
        case 0...0x20, 0x22, 0x27, 0x3C, 0x3E, 0x60, 0x29, 0x5D, 0x7D: true
        default: false
        }
    }

    private static func isSentenceMark(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ":")
            || byte == UInt8(ascii: ";")
    }
}
