// How long things took, as counts in fixed buckets.

/// A histogram of durations with the buckets that Prometheus expects.
struct Histogram: Sendable {
    /// The upper bounds of the buckets in nanoseconds, and what they are called in seconds.
    static let bounds: [(nanoseconds: UInt64, seconds: String)] = [
        (500_000, "0.0005"), (1_000_000, "0.001"), (2_500_000, "0.0025"), (5_000_000, "0.005"),
        (10_000_000, "0.01"), (25_000_000, "0.025"), (50_000_000, "0.05"), (100_000_000, "0.1"),
        (250_000_000, "0.25"), (1_000_000_000, "1"), (5_000_000_000, "5"),
    ]

    /// Durations in each bucket, not cumulative; those above the last bound are in ``count`` only.
    private(set) var buckets = [Int](repeating: 0, count: bounds.count)
    private(set) var count = 0
    private(set) var nanoseconds: UInt64 = 0

    mutating func add(_ duration: UInt64) {
        count += 1
        nanoseconds &+= duration
        if let index = Self.bounds.firstIndex(where: { duration <= $0.nanoseconds }) { buckets[index] += 1 }
    }
}
