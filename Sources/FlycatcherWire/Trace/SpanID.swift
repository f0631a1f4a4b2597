// The identity of one operation within a trace.

/// The identity of a span, 16 lower-case hex digits on the wire and never zero (protocol section 12.1).
public struct SpanID: Hashable, Sendable {
    /// The 64 bits as a number, most significant digit first.
    public let value: UInt64

    /// Takes the 64 bits as they are; nil for zero, which means none.
    public init?(value: UInt64) {
        guard value != 0 else { return nil }
        self.value = value
    }

    /// Makes a new random identity.
    public init() {
        var generator = IdentitySource()
        self.init(using: &generator)
    }

    /// Makes a new identity from the given source of random bits.
    public init(using generator: inout some RandomNumberGenerator) {
        value = .random(in: 1 ... .max, using: &generator)
    }

    /// Reads 16 hex digits in either case; nil for any other text and for all zeros.
    public init?(_ text: some StringProtocol) {
        guard let value = UInt64(hexDigits: text) else { return nil }
        self.init(value: value)
    }
}

extension SpanID: CustomStringConvertible, LosslessStringConvertible {
    /// 16 lower-case hex digits.
    public var description: String { value.hexDigits }
}
