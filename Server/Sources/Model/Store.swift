// Where everything is kept: the seam between what the server does and the database it does it on.

public import FlycatcherWire

/// A database of projects, issues, events and accounts.
///
/// Rules for implementers, which the contract suite checks:
/// - ``record(_:)`` returns only when the event is on disk, grouped, counted and visible to every later read.
/// - An event id is stored once per project; recording it again changes nothing and says so.
/// - Concurrent first events of one hash make one issue.
/// - Every call may run at any time from any task. Reads never wait for writes.
public protocol Store:
    ProjectStore, GroupingStore, SimilarityStore, QuotaStore, AttachmentStore, ItemStore,
    RetentionStore, ErasureStore
{
    // MARK: Recording

    /// Keeps an event: finds or makes its issue and counts it, in one transaction with what it sets off.
    ///
    /// - Throws: ``StoreError``.
    func record(_ event: GroupedEvent) async throws -> Recording

    /// Keeps what came beside an event in one transaction with it, or by itself.
    ///
    /// Attachments share the fate of their event; everything else is kept even if the event is discarded.
    ///
    /// - Returns: what became of the event; nil when there is none.
    /// - Throws: ``StoreError``.
    func record(_ event: GroupedEvent?, with enclosures: Enclosures) async throws -> Recording?

    /// Adds to the outcome counters, in one transaction.
    func count(_ outcomes: [OutcomeKey: Int64]) async throws

    /// Takes the oldest announcements that nobody has been told yet out of the outbox.
    func takeAnnouncements(limit: Int) async throws -> [Announcement]

    // MARK: Issues and events

    func issues(_ query: IssueQuery) async throws -> IssuePage

    func issue(_ id: IssueID) async throws -> Issue?

    func issue(_ shortID: ShortID) async throws -> Issue?

    /// Events per day of each issue: `days` numbers, oldest first, the last one being the UTC day of `today`.
    func dailyCounts(of issues: [IssueID], days: Int, today: Timestamp) async throws -> [IssueID: [Int64]]

    /// How an issue's events spread over its tags, by key, each with at most `valueLimit` values.
    func tagFacets(of issue: IssueID, valueLimit: Int) async throws -> [TagFacet]

    /// One event of an issue with its place among the others; nil when there is none such.
    func event(_ choice: EventChoice, of issue: IssueID) async throws -> StoredEvent?

    /// One event of a project; nil when there is none such.
    func event(_ id: EventID, in project: ProjectID) async throws -> StoredEvent?

    /// The events with this id, which may stand in several projects.
    func events(withID id: EventID) async throws -> [EventSummary]

    /// An issue's stored events, newest first, behind `after` if given.
    func events(of issue: IssueID, after: EventCursor?, limit: Int) async throws -> [EventSummary]

    // MARK: Figures

    /// Outcomes since an hour, summed; of one project or of all.
    func outcomes(of project: ProjectID?, sinceHour hour: Int64) async throws -> [OutcomeTotal]

    /// Outcomes summed by span; of one project or of all.
    func outcomes(of project: ProjectID?, in spans: HourSpans) async throws -> [OutcomeSlice]

    /// What the installation holds in all.
    func totals() async throws -> StoreTotals

    /// How recording gets on; zeros for a store that records nothing.
    var recordingFigures: RecordingFigures { get }

    /// Whether the database answers; throws what is wrong when it does not.
    func check() async throws

    // MARK: Accounts

    /// - Throws: ``StoreError/conflict(_:)`` when the address is taken.
    func createUser(
        email: String, role: Role, password: PasswordHash?, at moment: Timestamp
    ) async throws -> User

    func user(email: String) async throws -> (user: User, password: PasswordHash?)?

    func users() async throws -> [User]

    func setPassword(_ password: PasswordHash, of user: UserID) async throws

    /// Keeps the digest of a one-time sign-in link.
    func addSignInLink(_ digest: SecretDigest, for user: UserID, expiresAt: Timestamp) async throws

    /// Uses a sign-in link up; nil when it is unknown, used or expired.
    func takeSignInLink(_ digest: SecretDigest, at moment: Timestamp) async throws -> User?

    func addSession(
        _ digest: SecretDigest, for user: UserID, formToken: String, expiresAt: Timestamp) async throws

    func session(_ digest: SecretDigest, at moment: Timestamp) async throws -> Session?

    func removeSession(_ digest: SecretDigest) async throws

    func addToken(
        _ digest: SecretDigest, name: String, scopes: [String], at moment: Timestamp
    ) async throws -> APIToken

    func token(_ digest: SecretDigest) async throws -> APIToken?

    // MARK: Life

    /// Finishes what was begun and closes the database. Later calls throw ``StoreError/closed``.
    func close() async throws
}

extension Store {
    /// Nothing.
    public var recordingFigures: RecordingFigures { RecordingFigures() }
}

/// What became of an event that was recorded.
public struct Recording: Hashable, Sendable {
    public let issue: IssueID
    /// Whether the event made the issue.
    public let isNewIssue: Bool
    /// Whether the event was there already, so that nothing changed.
    public let isDuplicate: Bool
    /// Whether the contents of the event are kept, and not only its count.
    public let isKept: Bool

    public init(issue: IssueID, isNewIssue: Bool, isDuplicate: Bool, isKept: Bool = true) {
        self.issue = issue
        self.isNewIssue = isNewIssue
        self.isDuplicate = isDuplicate
        self.isKept = isKept
    }
}

/// A place among an issue's events, newest first.
public struct EventCursor: Hashable, Sendable {
    public let timestamp: Timestamp
    public let id: EventID

    public init(timestamp: Timestamp, id: EventID) {
        self.timestamp = timestamp
        self.id = id
    }
}

/// Something that people may want to be told, written in the transaction of the event that caused it.
public struct Announcement: Hashable, Sendable {
    public enum Kind: String, Sendable {
        case newIssue = "new_issue"
    }

    public let kind: Kind
    public let issue: IssueID
    public let shortID: ShortID
    public let event: EventID
    public let title: String
    public let at: Timestamp

    public init(kind: Kind, issue: IssueID, shortID: ShortID, event: EventID, title: String, at: Timestamp) {
        self.kind = kind
        self.issue = issue
        self.shortID = shortID
        self.event = event
        self.title = title
        self.at = at
    }
}

/// What the installation holds.
public struct StoreTotals: Hashable, Sendable {
    public let events: Int64
    public let issues: Int64
    public let projects: Int64
    /// Bytes that the database takes on disk.
    public let diskBytes: Int64

    public init(events: Int64, issues: Int64, projects: Int64, diskBytes: Int64) {
        self.events = events
        self.issues = issues
        self.projects = projects
        self.diskBytes = diskBytes
    }
}
