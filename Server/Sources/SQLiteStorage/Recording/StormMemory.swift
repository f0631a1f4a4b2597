// Which events of a storm are kept whole.

import FlycatcherWire
import Model

/// How often each issue was seen in this hour, as far as somebody had to know.
///
/// It is a memory, not a record: when it is lost, the hourly counts say about the same.
struct StormMemory {
    /// Of an issue so many events an hour are kept whole; nil keeps all.
    private let threshold: Int64?
    private var hour: Int64 = .min
    private var counts: [Int64: Int64] = [:]

    /// More issues are forgotten, and looked up again.
    private static let maximumCount = 50_000

    init(threshold: Int64?) {
        self.threshold = threshold
    }

    /// Counts an event of an issue, and says whether it is one to keep.
    ///
    /// The hour is that of the server's clock, since a client may write any moment into an event.
    mutating func keeps(
        _ issue: Int64, at moment: Timestamp, known: (_ hour: Int64) throws -> Int64
    ) rethrows -> Bool {
        guard let threshold else { return true }
        if moment.hour > hour || counts.count >= Self.maximumCount {
            hour = max(hour, moment.hour)
            counts.removeAll(keepingCapacity: true)
        }
        let number = try (counts[issue] ?? known(hour)) + 1
        counts[issue] = number
        return Self.keeps(number, threshold: threshold)
    }

    /// Whether the event that is the `number`-th of its issue in an hour is kept.
    ///
    /// Up to the threshold all are; from there to its double one in two, to the fourfold one in four, and so on: half a
    /// threshold more each time the number doubles.
    static func keeps(_ number: Int64, threshold: Int64) -> Bool {
        guard number > threshold else { return true }
        let doublings = Int64.bitWidth - 1 - ((number - 1) / max(1, threshold)).leadingZeroBitCount
        return number & ((2 << Int64(doublings)) - 1) == 0
    }
}
