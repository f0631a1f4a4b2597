// How much a client key may bring.

/// So many items in each span of time.
public struct KeyLimit: Hashable, Sendable {
    /// Items that are let in; 0 lets nothing in.
    public let count: Int64
    public let windowSeconds: Int64

    /// The longest span: 31 days.
    public static let maximumWindowSeconds: Int64 = 31 * 86_400
    /// The largest count.
    public static let maximumCount: Int64 = 1_000_000_000

    /// Nil when the numbers make no sense.
    public init?(count: Int64, windowSeconds: Int64) {
        guard (0...Self.maximumCount).contains(count), (1...Self.maximumWindowSeconds).contains(windowSeconds)
        else { return nil }
        self.count = count
        self.windowSeconds = windowSeconds
    }
}
