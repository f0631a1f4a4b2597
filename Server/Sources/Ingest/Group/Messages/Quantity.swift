// Numbers, with and without a unit.

/// Whole and decimal numbers, hexadecimal ones, durations and sizes.
enum Quantity {
    static func name(of word: Span<UInt8>) -> StaticString? {
        if isHexNumber(word) { return "<hex>" }
        var index = sign(of: word)
        let start = index
        index = Bytes.endOfDigits(in: word, from: index)
        guard index > start || word[start] == UInt8(ascii: ".") else { return nil }
        if index == word.count { return "<int>" }
        let isDecimal = skipFraction(of: word, at: &index) || skipExponent(of: word, at: &index)
        guard isDecimal || index > start else { return nil }
        if index == word.count { return "<float>" }
        return nameWithUnit(word, from: index)
    }

    private static func sign(of word: Span<UInt8>) -> Int {
        let isSigned = word[0] == UInt8(ascii: "-") || word[0] == UInt8(ascii: "+")
        return isSigned && word.count > 1 ? 1 : 0
    }

    private static func isHexNumber(_ word: Span<UInt8>) -> Bool {
        let start = sign(of: word)
        return word.count > start + 2 && word[start] == UInt8(ascii: "0") && word[start + 1] | 0x20 == 0x78
            && Bytes.isHex(word.extracting((start + 2)...))
    }

    /// `.5`, and an exponent behind it.
    private static func skipFraction(of word: Span<UInt8>, at index: inout Int) -> Bool {
        guard index + 1 < word.count, word[index] == UInt8(ascii: "."), Bytes.isDigit(word[index + 1]) else {
            return false
        }
        index = Bytes.endOfDigits(in: word, from: index + 1)
        _ = skipExponent(of: word, at: &index)
        return true
    }

    /// Goes past `e-5`.
    private static func skipExponent(of word: Span<UInt8>, at index: inout Int) -> Bool {
        guard index + 1 < word.count, word[index] | 0x20 == UInt8(ascii: "e") else { return false }
        var start = index + 1
        if word[start] == UInt8(ascii: "-") || word[start] == UInt8(ascii: "+") { start += 1 }
        let end = Bytes.endOfDigits(in: word, from: start)
        guard end > start else { return false }
        index = end
        return true
    }

    /// Names what is like `12ms`, `1h30m` or `3.5kb`.
    private static func nameWithUnit(_ word: Span<UInt8>, from start: Int) -> StaticString? {
        guard mayBeginUnit(word[start]) else { return nil }
        var index = start
        var isDuration = true
        while index < word.count {
            let unitStart = index
            while index < word.count, Bytes.isLetter(word[index]) { index += 1 }
            let unit = word.extracting(unitStart..<index)
            if index == word.count, unitStart == start, isUnit(unit, of: sizes) { return "<size>" }
            isDuration = isDuration && isUnit(unit, of: durations)
            guard isDuration else { return nil }
            let numberStart = index
            while index < word.count, Bytes.isDigit(word[index]) || word[index] == UInt8(ascii: ".") {
                index += 1
            }
            if index == numberStart, index < word.count { return nil }
        }
        return Bytes.isDigit(word[word.count - 1]) ? nil : "<duration>"
    }

    /// Whether a unit begins with this byte.
    private static func mayBeginUnit(_ byte: UInt8) -> Bool {
        switch Bytes.lowered(byte) {
        case UInt8(ascii: "b"), UInt8(ascii: "d"), UInt8(ascii: "g"), UInt8(ascii: "h"), UInt8(ascii: "k"),
            UInt8(ascii: "m"), UInt8(ascii: "n"), UInt8(ascii: "p"), UInt8(ascii: "s"), UInt8(ascii: "t"),
            UInt8(ascii: "u"):
            true
        default: false
        }
    }

    private static func isUnit(_ word: Span<UInt8>, of units: [StaticString]) -> Bool {
        guard !word.isEmpty, word.count <= 7 else { return false }
        for unit in units where Bytes.isEqualIgnoringCase(word, unit) { return true }
        return false
    }

    private static let durations: [StaticString] = [
        "ns", "us", "ms", "s", "sec", "secs", "seconds", "m", "min", "mins", "h", "hr", "hrs", "d",
    ]
    private static let sizes: [StaticString] = [
        "b", "kb", "mb", "gb", "tb", "pb", "kib", "mib", "gib", "tib", "bytes",
    ]
}
