// Counts what the server does, in memory, for whoever scrapes /metrics.

import Synchronization

/// The counters of the server since it started.
///
/// One lock a request.
final class ServerMetrics: Sendable {
    private let figures = Mutex(Figures())

    /// Everything that is counted.
    struct Figures: Sendable {
        var requestsByStatus: [Int: Int] = [:]
        var requestSeconds = Histogram()
        var receivedBytes = 0
        var stored = 0
        var duplicates = 0
        var unkept = 0
        var drops: [String: Int] = [:]
        /// In the order of the pipeline.
        var steps: [Span] = []
    }

    /// How often something took place, and how long in all.
    struct Span: Sendable {
        var count = 0
        var nanoseconds: UInt64 = 0
    }

    /// Distinct words that are counted one by one; the rest is `other`.
    static let maximumWords = 100

    init() {}

    /// Adds what one ingest request did.
    func record(_ reading: IngestReading) {
        figures.withLock { $0.add(reading) }
    }

    /// The counters as they stand.
    var snapshot: Figures {
        figures.withLock { $0 }
    }
}

extension ServerMetrics.Figures {
    mutating func add(_ reading: IngestReading) {
        requestsByStatus[reading.status, default: 0] += 1
        requestSeconds.add(reading.nanoseconds)
        receivedBytes += reading.receivedBytes
        stored += reading.stored
        duplicates += reading.duplicates
        unkept += reading.unkept
        for reason in reading.drops {
            drops[Self.word(reason, in: drops), default: 0] += 1
        }
        while steps.count < reading.stepNanoseconds.count { steps.append(.init()) }
        for (index, nanoseconds) in reading.stepNanoseconds.enumerated() {
            steps[index].count += 1
            steps[index].nanoseconds += nanoseconds
        }
    }

    private static func word<Value>(_ word: String, in counted: [String: Value]) -> String {
        counted[word] != nil || counted.count < ServerMetrics.maximumWords ? word : "other"
    }
}
