// The identity of an event: 128 random bits, made by the client.

/// The identity of an event, 32 lower-case hex digits on the wire (protocol section 7).
public struct EventID: Hashable, Sendable {
    /// The 128 bits as a number, most significant digit first.
    public let value: UInt128

    /// Takes the 128 bits as they are.
    public init(value: UInt128) {
        self.value = value
    }

    /// Makes a new random identity in the form of a UUID version 4.
    public init() {
        var generator = SystemRandomNumberGenerator()
        self.init(using: &generator)
    }

    /// Makes a new identity in the form of a UUID version 4 from the given source of random bits.
    public init(using generator: inout some RandomNumberGenerator) {
        let random = UInt128(generator.next()) << 64 | UInt128(generator.next())
        let version: UInt128 = 4 << 76
        let variant: UInt128 = 2 << 62
        value = random & ~(0xF << 76) & ~(3 << 62) | version | variant
    }

    /// Reads 32 hex digits, or the 36-character form with dashes, in either case.
    ///
    /// - Returns: nil for any other text.
    public init?(_ text: some StringProtocol) {
        var text = String(text)
        let parsed = text.withUTF8 { EventID.parse($0.span) }
        guard let parsed else { return nil }
        self.init(value: parsed)
    }

    private static func parse(_ text: Span<UInt8>) -> UInt128? {
        guard text.count == 32 || text.count == 36 else { return nil }
        var value: UInt128 = 0
        for index in text.indices {
            let byte = text[index]
            if text.count == 36, index == 8 || index == 13 || index == 18 || index == 23 {
                guard byte == UInt8(ascii: "-") else { return nil }
                continue
            }
            guard let digit = byte.hexDigitValue else { return nil }
            value = value << 4 | UInt128(digit)
        }
        return value
    }
}

extension EventID: CustomStringConvertible, LosslessStringConvertible {
    /// 32 lower-case hex digits.
    public var description: String { value.hexDigits }
}
