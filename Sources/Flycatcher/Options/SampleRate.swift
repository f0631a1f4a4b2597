// How likely something is to be sent, as a hook says it.

extension Flycatcher {
    /// A share from 0, never, to 1, always; write `true`, `false` or a number.
    ///
    /// ```swift
    /// options.errorSampler = { event, _ in event.level == .fatal ? 1 : 0.25 }
    /// ```
    public struct SampleRate: Hashable, Sendable {
        /// The share; one that is out of bounds stands for the nearest bound, and not-a-number for 0.
        public let value: Double

        /// Takes a share.
        public init(_ value: Double) {
            self.value = value.isNaN ? 0 : min(max(value, 0), 1)
        }
    }
}

extension Flycatcher.SampleRate: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByBooleanLiteral
{
    /// Takes a share.
    public init(floatLiteral value: Double) {
        self.init(value)
    }

    /// Takes 0 or 1.
    public init(integerLiteral value: Int) {
        self.init(Double(value))
    }

    /// Takes always or never.
    public init(booleanLiteral value: Bool) {
        self.init(value ? 1 : 0)
    }
}

extension Flycatcher.SampleRate {
    /// Decides by chance.
    func decides() -> Bool {
        value >= 1 || (value > 0 && Double.random(in: 0..<1) < value)
    }
}
