// What one ingest request did, gathered on its way and handed to the metrics at its end.

/// The figures of one ingest request; adding to it takes no lock.
struct IngestReading: Sendable {
    /// The HTTP status of the answer.
    var status = 0
    /// How long the request took.
    var nanoseconds: UInt64 = 0
    /// Bytes of the body as they came.
    var receivedBytes = 0
    /// Events that were stored.
    var stored = 0
    /// Events that were there already.
    var duplicates = 0
    /// Events that were counted and not kept whole.
    var unkept = 0
    /// Why events were dropped, a word for each.
    var drops: [String] = []
    /// How long the steps of the pipeline took, in their order, as far as the event came.
    var stepNanoseconds: [UInt64] = []

    mutating func recordDrop(_ reason: String) {
        drops.append(reason)
    }
}
