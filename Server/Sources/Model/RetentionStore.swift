// How long events are kept and how much room they may take, as far as the store does it.

public import FlycatcherWire

/// The part of a ``Store`` that lets go of what is old, or too much.
///
/// Rules for implementers, which the contract suite checks:
/// - Each call changes little, so that recording hardly waits; whoever calls goes on until there is nothing to do.
///   Nothing is remembered in between, so that any end in the middle is as good as another.
/// - Issues, their counters and when they were first seen outlive their events.
public protocol RetentionStore: Sendable {
    /// What the stored events of each project take; projects without events may be missing.
    func usage() async throws -> [ProjectID: StorageUsage]

    /// Looks through some issues for those that hold something too old, in the order of their identities.
    ///
    /// - Returns: those issues, and behind which issue to go on; nil at the end.
    func agedIssues(
        after issue: IssueID?, _ cutoffs: [ProjectID: RetentionCutoffs]
    ) async throws -> (issues: [IssueID], next: IssueID?)

    /// Removes what is too old of an issue: events, at most so many, then hours, which become days, then days.
    ///
    /// An issue that nobody has to do anything about, and of which nothing happened within that age, goes itself.
    func removeAged(
        from issue: IssueID, _ cutoffs: RetentionCutoffs, limit: Int
    ) async throws -> RemovedEvents

    /// The issues with most stored events, most first; of one project or of all.
    func crowdedIssues(of project: ProjectID?, limit: Int) async throws -> [CrowdedIssue]

    /// Removes events of an issue evenly over its time, from the next few hundred behind a place.
    ///
    /// The first event stays, the latest, and the first of each release and of each environment.
    ///
    /// - Parameter share: how many stay of how many.
    func thinOut(
        _ issue: IssueID, after place: ThinningPlace?, keeping share: (kept: Int64, of: Int64)
    ) async throws -> ThinnedEvents

    /// Removes feedback, parts of traces and sums of sessions that are too old, at most so many of each.
    ///
    /// Feedback and traces go at the age of events, sums of sessions at that of daily counts.
    ///
    /// - Returns: whether more may be left.
    func removeAgedItems(of project: ProjectID, _ cutoffs: RetentionCutoffs, limit: Int) async throws -> Bool

    /// Removes some of the outcomes counted before an hour, and says whether more are left.
    func removeOutcomes(beforeHour hour: Int64) async throws -> Bool

    /// Gives a bounded number of empty pages back to the disk, unless they are few, and says whether more are left.
    func giveSpaceBack() async throws -> Bool
}

/// What stored events take.
public struct StorageUsage: Hashable, Sendable {
    public var events: Int64
    /// Packed bodies with what lies around them; about what they take on disk.
    public var bytes: Int64

    public init(events: Int64 = 0, bytes: Int64 = 0) {
        self.events = events
        self.bytes = bytes
    }

    /// What several take together.
    public init(sumOf usages: some Sequence<StorageUsage>) {
        self = usages.reduce(into: StorageUsage()) { sum, usage in
            sum.events += usage.events
            sum.bytes += usage.bytes
        }
    }
}

/// What is too old.
public struct RetentionCutoffs: Hashable, Sendable {
    /// Events from before are removed.
    public let events: Timestamp
    /// Hourly counts from before become daily ones.
    public let hour: Int64
    /// Daily counts from before are removed; a day is counted since 1970.
    public let day: Int64

    public init(events: Timestamp, hour: Int64, day: Int64) {
        self.events = events
        self.hour = hour
        self.day = day
    }

    /// What is too old for a project that keeps its events for so many days.
    ///
    /// Hours stay for 90 days, and as long as there are events, which find their place by them; days for 13 months.
    public init(days: Int, now: Timestamp) {
        let day: Int64 = 86_400_000_000
        events = Timestamp(microseconds: now.microseconds - Int64(days) * day)
        hour = Timestamp(microseconds: now.microseconds - Int64(max(days, 90) + 1) * day).hour / 24 * 24
        self.day = now.hour / 24 - Self.dailyDays
    }

    /// 13 months.
    public static let dailyDays: Int64 = 396
}

/// What one call has removed.
public struct RemovedEvents: Hashable, Sendable {
    public let count: Int
    /// Whether there is more to do.
    public let hasMore: Bool

    public init(count: Int, hasMore: Bool) {
        self.count = count
        self.hasMore = hasMore
    }
}

/// An issue and how many of its events are stored.
public struct CrowdedIssue: Hashable, Sendable {
    public let issue: IssueID
    public let events: Int64

    public init(issue: IssueID, events: Int64) {
        self.issue = issue
        self.events = events
    }
}

/// How far the thinning of an issue is.
public struct ThinningPlace: Hashable, Sendable {
    /// Microseconds.
    public let moment: Int64
    public let row: Int64
    /// How many events were looked at before.
    public let index: Int64

    public init(moment: Int64, row: Int64, index: Int64) {
        self.moment = moment
        self.row = row
        self.index = index
    }
}

/// What thinning a piece of an issue has removed, and where to go on; nil at its end.
public struct ThinnedEvents: Hashable, Sendable {
    public let count: Int
    public let next: ThinningPlace?

    public init(count: Int, next: ThinningPlace?) {
        self.count = count
        self.next = next
    }
}
