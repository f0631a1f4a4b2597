// The seam between what collects small things and what sends them.

/// Collects what is too small for a request of its own: log records, measurements, ended sessions.
///
/// The client drains every batch when its interval is over, on each flush, and once more when it closes.
protocol Batch: Sendable {
    /// How long something waits at most (protocol section 21.8).
    var interval: Duration { get }

    /// Hands over what was collected since the last time; called on the worker's thread.
    func drain() -> [Parcel]
}
