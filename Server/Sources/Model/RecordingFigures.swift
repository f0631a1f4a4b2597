// How recording gets on: what waits, how large transactions are and how long they take.

/// A spread of numbers over fixed buckets.
public struct Spread: Sendable {
    /// The upper bounds of the buckets, ascending.
    public let bounds: [Double]
    /// Numbers in each bucket, not cumulative; those above the last bound are in ``count`` only.
    public private(set) var buckets: [Int]
    public private(set) var count = 0
    public private(set) var sum = 0.0

    /// Takes the upper bounds.
    public init(bounds: [Double]) {
        self.bounds = bounds
        buckets = [Int](repeating: 0, count: bounds.count)
    }

    /// Adds a number to its bucket.
    public mutating func add(_ number: Double) {
        count += 1
        sum += number
        if let index = bounds.firstIndex(where: { number <= $0 }) { buckets[index] += 1 }
    }
}

/// The figures of a store's recorder since the store was opened.
public struct RecordingFigures: Sendable {
    /// What has not been answered yet, in bytes.
    public var queuedBytes = 0
    /// What may wait at most, in bytes.
    public var maximumQueuedBytes = 0
    /// Seconds that transactions took, from the first statement to the answer of the disk.
    public var commitSeconds = Spread(bounds: [
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5,
    ])
    /// Events and sets of outcomes that went into one transaction.
    public var commitOrders = Spread(bounds: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2048])

    /// Nothing recorded yet.
    public init() {}
}
