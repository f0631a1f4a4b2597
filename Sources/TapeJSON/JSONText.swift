// Escapes of JSON strings, both ways.

/// Reads and writes the inside of JSON strings.
enum JSONText {
    /// Turns the raw inside of a JSON string that the parser has accepted into UTF-8.
    static func unescape(_ raw: Span<UInt8>) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(raw.count)
        var index = 0
        while index < raw.count {
            if raw[index] == UInt8(ascii: "\\") {
                let (scalar, end) = escape(at: index, of: raw)
                out.append(contentsOf: scalar.utf8)
                index = end
            } else {
                out.append(raw[index])
                index += 1
            }
        }
        return out
    }

    /// Whether the raw inside of a JSON string stands for this text; nothing is allocated.
    static func isEscape(_ raw: Span<UInt8>, of text: Span<UInt8>) -> Bool {
        var (index, matched) = (0, 0)
        while index < raw.count {
            guard matched < text.count else { return false }
            if raw[index] == UInt8(ascii: "\\") {
                let (scalar, end) = escape(at: index, of: raw)
                for byte in scalar.utf8 {
                    guard matched < text.count, text[matched] == byte else { return false }
                    matched += 1
                }
                index = end
            } else {
                guard text[matched] == raw[index] else { return false }
                matched += 1
                index += 1
            }
        }
        return matched == text.count
    }

    /// Whether two texts, which must be equally long, are the same bytes.
    @inline(__always)
    static func isEqual(_ text: Span<UInt8>, _ other: Span<UInt8>) -> Bool {
        var index = 0
        while index &+ 8 <= other.count {
            let word = text.bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
            let wanted = other.bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
            if word != wanted { return false }
            index &+= 8
        }
        while index < other.count {
            if text[index] != other[index] { return false }
            index &+= 1
        }
        return true
    }

    /// What the escape at `index` stands for, U+FFFD if that is a lone surrogate, and the index behind it.
    private static func escape(at index: Int, of raw: Span<UInt8>) -> (Unicode.Scalar, end: Int) {
        switch raw[index + 1] {
        case UInt8(ascii: "n"): return ("\n", index + 2)
        case UInt8(ascii: "t"): return ("\t", index + 2)
        case UInt8(ascii: "r"): return ("\r", index + 2)
        case UInt8(ascii: "b"): return ("\u{8}", index + 2)
        case UInt8(ascii: "f"): return ("\u{C}", index + 2)
        case UInt8(ascii: "u"):
            let (scalar, end) = scalar(at: index, of: raw)
            return (scalar ?? "\u{FFFD}", end)
        case let plain: return (Unicode.Scalar(plain), index + 2)
        }
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
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): append(byte, to: &out)
            case 0x0A: append(UInt8(ascii: "n"), to: &out)
            case 0x0D: append(UInt8(ascii: "r"), to: &out)
            case 0x09: append(UInt8(ascii: "t"), to: &out)
            case 0..<0x20:
                out.append(contentsOf: "\\u00".utf8)
                out.append(hexDigit(byte >> 4))
                out.append(hexDigit(byte & 15))
            default: out.append(byte)
            }
        }
    }

    private static func append(_ escaped: UInt8, to out: inout [UInt8]) {
        out.append(UInt8(ascii: "\\"))
        out.append(escaped)
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? 0x30 + value : 0x57 + value
    }

    /// Whether a text must be escaped to stand inside a JSON string.
    static func needsEscaping(_ text: Span<UInt8>) -> Bool {
        var isASCII = true
        return Parser.skipPlain(text, 0, &isASCII) < text.count
    }
}
