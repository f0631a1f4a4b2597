// How long events are kept and how much room they may take, as far as the store does it.

public import FlycatcherWire

/// The part of a ``Store`` that lets go of what is old, or too much.
///
/// Rules for implementers, which the contract suite checks:
/// - Each call changes little, so that recording hardly waits; whoever calls goes on until there is nothing to do.
///   Nothing is remembered in between, so that any end in the middle is as good as another.
/// - Issues, their counters and when they were first seen outlive their events.
public protocol RetentionStore: Sendable {
    /// What the stored events of each project take with their attachments, and what all take together.
    func usage() async throws -> UsageReport

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

    /// The issues whose events have attachments that take most, most first; of one project or of all.
    func heaviestIssues(of project: ProjectID?, limit: Int) async throws -> [HeavyIssue]

    /// Chooses attachments of an issue that may go so that the others take no more than so many bytes: the largest first,
    /// and of these the oldest.
    ///
    /// What the events have that ``thinOut(_:after:keeping:)`` keeps, stays.
    func surplusAttachments(
        of issue: IssueID, over bytes: Int64, limit: Int
    ) async throws -> [AttachmentID]

    /// Removes attachments, as far as they are still there, and says how many it were.
    func remove(_ attachments: [AttachmentID]) async throws -> Int

    /// Removes attachments of a project that came before a moment, at most so many, and says how many it were.
    func removeAttachments(
        of project: ProjectID, receivedBefore moment: Timestamp, limit: Int
    ) async throws -> Int

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
    /// Files that attachments have, each counted once however many have it.
    public var files: Int64
    /// What these take.
    public var fileBytes: Int64

    public init(events: Int64 = 0, bytes: Int64 = 0, files: Int64 = 0, fileBytes: Int64 = 0) {
        self.events = events
        self.bytes = bytes
        self.files = files
        self.fileBytes = fileBytes
    }

    /// What is held against a budget.
    public var wholeBytes: Int64 { bytes + fileBytes }
}

/// What everything takes, by project and together.
public struct UsageReport: Hashable, Sendable {
    private let projects: [ProjectID: StorageUsage]
    /// What all projects take; a file that several have is counted once here, and once in each of them.
    public let whole: StorageUsage

    /// - Parameter files: the files of all projects together and their bytes.
    public init(_ projects: [ProjectID: StorageUsage] = [:], files: (count: Int64, bytes: Int64) = (0, 0)) {
        self.projects = projects
        whole = StorageUsage(
            events: projects.values.reduce(0) { $0 + $1.events },
            bytes: projects.values.reduce(0) { $0 + $1.bytes }, files: files.count, fileBytes: files.bytes)
    }

    /// What a project takes; nil stands for all together.
    public subscript(project: ProjectID?) -> StorageUsage {
        guard let project else { return whole }
        return projects[project] ?? StorageUsage()
    }
}

/// What is too old.
public struct RetentionCutoffs: Hashable, Sendable {
    /// Events from before are removed.
    public let events: Timestamp
    /// Attachments that came before are removed, though their event may stay.
    public let attachments: Timestamp
    /// Hourly counts from before become daily ones.
    public let hour: Int64
    /// Daily counts from before are removed; a day is counted since 1970.
    public let day: Int64

    public init(events: Timestamp, attachments: Timestamp, hour: Int64, day: Int64) {
        self.events = events
        self.attachments = attachments
        self.hour = hour
        self.day = day
    }

    /// What is too old for a project that keeps its events, and their attachments, for so many days.
    ///
    /// Hours stay for 90 days, and as long as there are events, which find their place by them; days for 13 months.
    public init(days: Int, attachmentDays: Int = .max, now: Timestamp) {
        let day: Int64 = 86_400_000_000
        events = Timestamp(microseconds: now.microseconds - Int64(days) * day)
        attachments = Timestamp(microseconds: now.microseconds - Int64(min(days, attachmentDays)) * day)
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

/// An issue and what the attachments of its events take.
public struct HeavyIssue: Hashable, Sendable {
    public let issue: IssueID
    /// Each file of the issue is counted once.
    public let fileBytes: Int64

    public init(issue: IssueID, fileBytes: Int64) {
        self.issue = issue
        self.fileBytes = fileBytes
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
