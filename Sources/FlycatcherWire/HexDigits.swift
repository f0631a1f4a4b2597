// Numbers as hex digits of a fixed count, the way identities travel.

extension FixedWidthInteger where Self: UnsignedInteger {
    /// All digits of the number in lower case, with leading zeros.
    var hexDigits: String {
        String(unsafeUninitializedCapacity: Self.bitWidth / 4) { buffer in
            for index in 0..<Self.bitWidth / 4 {
                let digit = UInt8(truncatingIfNeeded: self >> Self(Self.bitWidth - 4 - 4 * index)) & 15
                buffer[index] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
            }
            return Self.bitWidth / 4
        }
    }

    /// Reads exactly as many digits as the number has, in either case; nil for any other text.
    ///
    /// Inlined, so that the reading is compiled for one type of number: unknown types cost ten times as much.
    @inline(__always)
    init?(hexDigits text: some StringProtocol) {
        var text = String(text)
        let value = text.withUTF8 { Self(hexDigits: $0.span) }
        guard let value else { return nil }
        self = value
    }

    @inline(__always)
    private init?(hexDigits text: Span<UInt8>) {
        guard text.count == Self.bitWidth / 4 else { return nil }
        var value: Self = 0
        for index in text.indices {
            guard let digit = text[index].hexDigitValue else { return nil }
            value = value &<< 4 | Self(truncatingIfNeeded: digit)
        }
        self = value
    }
}

extension UInt8 {
    /// The value of an ASCII hex digit in either case; nil for any other byte.
    var hexDigitValue: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
