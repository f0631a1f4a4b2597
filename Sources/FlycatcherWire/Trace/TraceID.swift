// The identity of a trace: everything that one request sets off, in all services.

/// The identity of a trace, 32 lower-case hex digits on the wire and never zero (protocol section 12.1).
public struct TraceID: Hashable, Sendable {
    /// The 128 bits as a number, most significant digit first.
    public let value: UInt128

    /// Takes the 128 bits as they are; nil for zero, which means none.
    public init?(value: UInt128) {
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

    /// Reads 32 hex digits in either case; nil for any other text and for all zeros.
    public init?(_ text: some StringProtocol) {
        guard let value = UInt128(hexDigits: text) else { return nil }
        self.init(value: value)
    }
}

extension TraceID: CustomStringConvertible, LosslessStringConvertible {
    /// 32 lower-case hex digits.
    public var description: String { value.hexDigits }
}
