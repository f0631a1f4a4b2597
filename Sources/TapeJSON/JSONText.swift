// Escapes of JSON strings, both ways.

/// Reads and writes the inside of JSON strings.
enum JSONText {
    /// Turns the raw inside of a JSON string that the parser has accepted into UTF-8.
    static func unescape(_ raw: Span<UInt8>) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(raw.count)
        var index = 0
        while index < raw.count {
            let byte = raw[index]
            guard byte == UInt8(ascii: "\\") else {
                out.append(byte)
                index += 1
                continue
            }
            index = appendEscape(at: index, of: raw, to: &out)
        }
        return out
    }

    /// Appends what the escape at `index` stands for; returns the index behind it. A lone surrogate gives U+FFFD.
    private static func appendEscape(at index: Int, of raw: Span<UInt8>, to out: inout [UInt8]) -> Int {
        switch raw[index + 1] {
        case UInt8(ascii: "n"): out.append(0x0A)
        case UInt8(ascii: "t"): out.append(0x09)
        case UInt8(ascii: "r"): out.append(0x0D)
        case UInt8(ascii: "b"): out.append(0x08)
        case UInt8(ascii: "f"): out.append(0x0C)
        case UInt8(ascii: "u"):
            let (scalar, end) = scalar(at: index, of: raw)
            out.append(contentsOf: UTF8.encode(scalar ?? "\u{FFFD}") ?? UTF8.encodedReplacementCharacter)
            return end
        case let plain: out.append(plain)
        }
        return index + 2
    }

    /// The scalar that `\uXXXX`, or a pair of them, at `index` stands for, and the index behind; nil if it is a
    /// lone surrogate.
    static func scalar(at index: Int, of raw: Span<UInt8>) -> (Unicode.Scalar?, end: Int) {
        let high = hex(at: index + 2, of: raw)
        if let scalar = Unicode.Scalar(high) { return (scalar, index + 6) }
        guard high < 0xDC00, index + 12 <= raw.count,
            raw[index + 6] == UInt8(ascii: "\\"), raw[index + 7] == UInt8(ascii: "u")
        else { return (nil, index + 6) }
        let low = hex(at: index + 8, of: raw)
        guard (0xDC00...0xDFFF).contains(low) else { return (nil, index + 6) }
        return (Unicode.Scalar(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)), index + 12)
    }

    /// The value of the four hex digits at `index`, which the parser has checked.
    static func hex(at index: Int, of raw: Span<UInt8>) -> UInt32 {
        var value: UInt32 = 0
        for offset in 0..<4 {
            let digit = raw[index + offset]
            value = value << 4 | UInt32(digit < 0x3A ? digit - 0x30 : (digit | 0x20) - 0x57)
        }
        return value
    }

    /// Appends a text as the inside of a JSON string.
    static func appendEscaped(_ text: some Sequence<UInt8>, to out: inout [UInt8]) {
        for byte in text {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): out += [UInt8(ascii: "\\"), byte]
            case 0x0A: out += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
            case 0x0D: out += [UInt8(ascii: "\\"), UInt8(ascii: "r")]
            case 0x09: out += [UInt8(ascii: "\\"), UInt8(ascii: "t")]
            case 0..<0x20: out += [0x5C, 0x75, 0x30, 0x30, hexDigit(byte >> 4), hexDigit(byte & 15)]
            default: out.append(byte)
            }
        }
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? 0x30 + value : 0x57 + value
    }

    /// Whether a text must be escaped to stand inside a JSON string.
    static func needsEscaping(_ text: Span<UInt8>) -> Bool {
        for index in text.indices {
            let byte = text[index]
            if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return true }
        }
        return false
    }

    /// Whether all of `bytes` from `start` on is the literal.
    static func equal(_ bytes: Span<UInt8>, _ start: Int, _ literal: StaticString) -> Bool {
        bytes.count - start == literal.utf8CodeUnitCount
            && equal(bytes, start, literal, count: literal.utf8CodeUnitCount)
    }

    /// Whether `count` bytes from `start` on, which the caller has checked to be there, are the literal's.
    @inline(__always)
    static func equal(_ bytes: Span<UInt8>, _ start: Int, _ literal: StaticString, count: Int) -> Bool {
        literal.withUTF8Buffer { expected in
            for offset in 0..<count where bytes[start + offset] != expected[offset] { return false }
            return true
        }
    }
}
