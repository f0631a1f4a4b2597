// Removing what is known of a person, as far as the store does it.

public import FlycatcherWire

/// The part of a ``Store`` that looks through everything that events have left, and takes out what it is told to.
///
/// What is removed here is overwritten on the disk, unlike what is merely old. Doing it twice does nothing more, so that
/// whoever was interrupted begins again.
public protocol ErasureStore: Sendable {
    /// The next stored events behind a row, with their bodies; of one project or of all.
    func eventsToSearch(of project: ProjectID?, after row: Int64, limit: Int) async throws -> [SearchedEvent]

    /// Removes events, and the users that are given for their issues.
    ///
    /// - Returns: how many events it were.
    func erase(_ events: [ErasedEvent]) async throws -> Int

    /// The next records of a kind behind a row; of one project or of all.
    func recordsToSearch(
        _ kind: RecordKind, of project: ProjectID?, after row: Int64, limit: Int
    ) async throws -> [SearchedRecord]

    /// Removes records of a kind, with the attachments that belong to them.
    ///
    /// - Returns: how many it were.
    func erase(_ kind: RecordKind, _ rows: [Int64]) async throws -> Int

    /// Goes through what the next issues and the refused hashes show, counts and await, in the order of their identities.
    ///
    /// - Parameters:
    ///   - users: digests that no issue may count any more.
    ///   - isTrial: whether nothing is changed.
    ///   - rewrite: what is to stand in the place of a text; nil where it may stay.
    /// - Returns: how many texts and users it were, and behind which issue to go on; nil at the end.
    func eraseTraces(
        of project: ProjectID?, after issue: IssueID?, users: [UserDigest], isTrial: Bool,
        _ rewrite: @Sendable (String) -> String?
    ) async throws -> (count: Int, next: IssueID?)
}

/// A stored event that is looked through.
public struct SearchedEvent: Sendable {
    /// Where it stands among all, oldest first.
    public let row: Int64
    public let summary: EventSummary
    /// The normalised event; empty when it cannot be unpacked.
    public let json: [UInt8]

    public init(row: Int64, summary: EventSummary, json: [UInt8]) {
        self.row = row
        self.summary = summary
        self.json = json
    }
}

/// What is kept besides events and may be about a person.
public enum RecordKind: CaseIterable, Sendable {
    /// What users said.
    case feedback
    /// Transactions, spans and logs.
    case trace
}

/// A record that is looked through.
public struct SearchedRecord: Sendable {
    /// Where it stands among all of its kind, oldest first.
    public let row: Int64
    /// What it shows of itself.
    public let texts: [String]
    /// What it came with; empty when there is nothing, or it cannot be unpacked.
    public let json: [UInt8]

    public init(row: Int64, texts: [String], json: [UInt8]) {
        self.row = row
        self.texts = texts
        self.json = json
    }
}

/// An event that goes, and who was affected by it, if that is who is to be forgotten.
public struct ErasedEvent: Hashable, Sendable {
    public let row: Int64
    public let id: EventID
    public let issue: IssueID
    public let user: UserDigest?

    public init(row: Int64, id: EventID, issue: IssueID, user: UserDigest?) {
        self.row = row
        self.id = id
        self.issue = issue
        self.user = user
    }
}
