// The tokens: blanks, words, numbers and strings, each from one index to the next.

extension Parser {
    @inline(__always)
    static func skipBlanks(_ text: Span<UInt8>, _ start: Int) -> Int {
        var index = start
        while index < text.count {
            let byte = text[index]
            guard byte <= 0x20, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { break }
            index &+= 1
        }
        return index
    }

    static func scanWord(_ word: StaticString, _ text: Span<UInt8>, _ start: Int) throws(JSONError) -> Int {
        for offset in 0..<word.utf8CodeUnitCount {
            guard start + offset < text.count else { throw .unexpectedEnd }
            guard text[start + offset] == word.byte(at: offset) else {
                throw .unexpectedByte(offset: start + offset)
            }
        }
        return start + word.utf8CodeUnitCount
    }

    /// Reads `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?` and returns the index behind it.
    static func scanNumber(_ text: Span<UInt8>, _ start: Int) throws(JSONError) -> Int {
        var index = start
        if text[index] == UInt8(ascii: "-") { index &+= 1 }
        let integer = index
        index = skipDigits(text, index)
        guard index > integer else { throw .invalidNumber(offset: start) }
        if index - integer > 1, text[integer] == UInt8(ascii: "0") { throw .invalidNumber(offset: start) }
        if index < text.count, text[index] == UInt8(ascii: ".") {
            let fraction = index + 1
            index = skipDigits(text, fraction)
            guard index > fraction else { throw .invalidNumber(offset: start) }
        }
        if index < text.count, text[index] | 0x20 == UInt8(ascii: "e") {
            index &+= 1
            if index < text.count, text[index] == UInt8(ascii: "+") || text[index] == UInt8(ascii: "-") {
                index &+= 1
            }
            let exponent = index
            index = skipDigits(text, exponent)
            guard index > exponent else { throw .invalidNumber(offset: start) }
        }
        return index
    }

    @inline(__always)
    private static func skipDigits(_ text: Span<UInt8>, _ start: Int) -> Int {
        var index = start
        while index < text.count, text[index] &- UInt8(ascii: "0") < 10 { index &+= 1 }
        return index
    }

    // MARK: Strings

    struct ScannedString {
        /// Index of the closing quote.
        var end: Int
        var isEscaped = false
        /// Whether it holds invalid UTF-8 or a lone surrogate.
        var isDamaged = false
    }

    /// Runs from behind the opening quote to the closing one.
    @inline(__always)
    static func scanString(_ text: Span<UInt8>, _ start: Int) throws(JSONError) -> ScannedString {
        var isASCII = true
        let end = skipPlain(text, start, &isASCII)
        if isASCII, end < text.count, text[end] == UInt8(ascii: "\"") { return ScannedString(end: end) }
        return try scanRest(text, start, end, isASCII)
    }

    /// Reads on, from `index`, in a string that is not all plain ASCII.
    private static func scanRest(
        _ text: Span<UInt8>, _ start: Int, _ index: Int, _ isASCII: Bool
    ) throws(JSONError) -> ScannedString {
        var string = ScannedString(end: index)
        var isASCII = isASCII
        while string.end < text.count {
            switch text[string.end] {
            case UInt8(ascii: "\""):
                if !isASCII, !UTF8Sequence.isWellFormed(text, start, string.end) { string.isDamaged = true }
                return string
            case UInt8(ascii: "\\"):
                string.isEscaped = true
                let behind = try skipEscape(text, string.end, &string.isDamaged)
                string.end = skipPlain(text, behind, &isASCII)
            default:
                throw .invalidString(offset: string.end)
            }
        }
        throw .unexpectedEnd
    }

    /// The index of the first quote, backslash or control character from `start` on, or the end.
    ///
    /// Eight bytes are looked at together: in `hits` the high bit of a byte is set when it is one of those. A
    /// borrow may set it for bytes behind the first such one too, hence only the lowest counts.
    @inline(__always)
    static func skipPlain(_ text: Span<UInt8>, _ start: Int, _ isASCII: inout Bool) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs: UInt64 = 0x8080_8080_8080_8080
        var index = start
        var seen: UInt64 = 0
        defer { if seen & highs != 0 { isASCII = false } }
        while index &+ 8 <= text.count {
            // The loop's condition is the bounds check of these eight bytes.
            let loaded = text.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt64.self)
            let word = UInt64(littleEndian: loaded)
            let quote = word ^ (ones &* 0x22)
            let slash = word ^ (ones &* 0x5C)
            let hits =
                (((quote &- ones) & ~quote) | ((slash &- ones) & ~slash) | ((word &- (ones &* 0x20)) & ~word))
                & highs
            if hits != 0 {
                let offset = hits.trailingZeroBitCount & ~7
                seen |= word & ((1 &<< UInt64(offset)) &- 1)
                return index &+ offset >> 3
            }
            seen |= word
            index &+= 8
        }
        while index < text.count {
            let byte = text[index]
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 { break }
            seen |= UInt64(byte)
            index &+= 1
        }
        return index
    }

    private static func skipEscape(
        _ text: Span<UInt8>, _ index: Int, _ isDamaged: inout Bool
    ) throws(JSONError) -> Int {
        guard index + 1 < text.count else { throw .unexpectedEnd }
        switch text[index + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return index + 2
        case UInt8(ascii: "u"):
            guard isUnicodeEscape(text, index) else { throw .invalidString(offset: index) }
            // The second half of a pair is looked at only if it is an escape itself; else the first one is alone.
            let end = isUnicodeEscape(text, index + 6) ? index + 12 : index + 6
            let (scalar, behind) = JSONText.scalar(at: index, of: text.extracting(..<end))
            if scalar == nil { isDamaged = true }
            return behind
        default:
            throw .invalidString(offset: index)
        }
    }

    /// Whether `\uXXXX` stands at `index`.
    private static func isUnicodeEscape(_ text: Span<UInt8>, _ index: Int) -> Bool {
        guard index + 6 <= text.count, text[index] == UInt8(ascii: "\\"), text[index + 1] == UInt8(ascii: "u")
        else { return false }
        for offset in 2..<6 {
            let byte = text[index + offset]
            let isDigit = byte &- UInt8(ascii: "0") < 10
            let isLetter = (byte | 0x20) &- UInt8(ascii: "a") < 6
            guard isDigit || isLetter else { return false }
        }
        return true
    }
}

extension StaticString {
    @inline(__always)
    fileprivate func byte(at offset: Int) -> UInt8 {
        withUTF8Buffer { $0[offset] }
    }
}
