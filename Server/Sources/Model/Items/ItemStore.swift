// Keeping what is neither an event nor a file: feedback, check-ins, sessions, traces.

public import FlycatcherWire

/// The part of a ``Store`` that gives back what came in ``Enclosures``.
///
/// Rules for implementers, which the contract suite checks:
/// - Feedback, check-ins, session updates and parts of traces that are delivered again change nothing.
/// - A session counts once, in the hour it began in and as what it ended as.
public protocol ItemStore: Sendable {
    /// What users said about an event, oldest first; at most a hundred.
    func feedback(about event: EventID, in project: ProjectID) async throws -> [Feedback]

    /// What users said at all, newest first, before a moment; of one project or of all.
    func feedback(of project: ProjectID?, before moment: Timestamp, limit: Int) async throws -> [Feedback]

    /// The monitors of one project or of all, the one that was heard of last first; at most a thousand.
    func monitors(of project: ProjectID?) async throws -> [Monitor]

    /// The runs of a monitor, newest first.
    func checkIns(of monitor: Int64, limit: Int) async throws -> [CheckIn]

    /// How the releases of a project fared since an hour, by hour; at most ten thousand.
    func releaseHours(of project: ProjectID, sinceHour hour: Int64) async throws -> [ReleaseHour]

    /// What is stored of a trace, in the order of time; at most a thousand.
    func traceItems(of trace: TraceID, in project: ProjectID) async throws -> [TraceItem]

    /// Removes a bounded piece of what has had its time: sessions that can change no more, runs beyond the newest of
    /// their monitor, and the oldest parts of traces beyond a number of bytes.
    ///
    /// - Returns: whether more may be left.
    func trimItems(at moment: Timestamp, traceBytes: Int64) async throws -> Bool
}
