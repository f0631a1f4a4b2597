// The number that decides about a trace, the same in all its services.

/// A number from 0 up to, not including, 1 with six decimals: below the rate means sent (protocol section 12.5).
public struct SampleDraw: Hashable, Sendable {
    private static let count: UInt64 = 1_000_000

    /// The number in millionths.
    public let millionths: Int

    /// Draws the number that belongs to a trace: always the same for the same trace.
    public init(for traceID: TraceID) {
        let bits = UInt64(truncatingIfNeeded: traceID.value >> 64) ^ UInt64(truncatingIfNeeded: traceID.value)
        millionths = Int(bits.scrambled % Self.count)
    }

    /// Draws a number for a trace about which another service has decided without telling by which number.
    ///
    /// It lies on that service's side of its rate, unless rate and decision contradict each other.
    public init(for traceID: TraceID, isSampled: Bool, rate: Double) {
        let free = SampleDraw(for: traceID)
        // The first number that is not below the rate.
        let bound = (min(max(rate, 0), 1) * Double(Self.count)).rounded(.up)
        let range = isSampled ? 0..<Int(bound) : Int(bound)..<Int(Self.count)
        guard !range.isEmpty else {
            self = free
            return
        }
        millionths = range.lowerBound + free.millionths * range.count / Int(Self.count)
    }

    /// Reads a decimal number and cuts off what goes beyond its precision; nil for any other text and out of bounds.
    public init?(_ text: some StringProtocol) {
        guard let number = Double(text), number >= 0, number < 1 else { return nil }
        millionths = min(Int((number * Double(Self.count) + 1e-4).rounded(.down)), Int(Self.count) - 1)
    }

    /// Whether a trace with this number is sent at the given rate.
    public func isBelow(_ rate: Double) -> Bool {
        Double(millionths) < rate * Double(Self.count)
    }
}

extension SampleDraw: CustomStringConvertible {
    /// The number with its six decimals, such as `0.024600`.
    public var description: String {
        let digits = String(millionths)
        return "0." + String(repeating: "0", count: 6 - digits.count) + digits
    }
}

extension UInt64 {
    /// The bits mixed so that each depends on all; the finishing step of SplitMix64.
    fileprivate var scrambled: UInt64 {
        var bits = self &+ 0x9E37_79B9_7F4A_7C15
        bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
        return bits ^ bits >> 31
    }
}
