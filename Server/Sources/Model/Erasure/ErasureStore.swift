// Removing what is known of a person, as far as the store does it.

public import FlycatcherWire

/// The part of a ``Store`` that looks through everything that events have left, and takes out what it is told to.
///
/// What is removed here is overwritten on the disk, unlike what is merely old, and counted for the order in the same
/// transaction. Doing it twice does nothing more, so that whoever was interrupted goes on at the last place kept.
public protocol ErasureStore: Sendable {
    /// Keeps an order to forget a person until it is fulfilled.
    ///
    /// - Throws: ``StoreError/conflict(_:)`` when too many wait.
    func addErasure(
        of subject: ErasureSubject, in project: ProjectID?, by name: String, at moment: Timestamp
    ) async throws -> ErasureOrder

    /// The last orders, newest first.
    func erasures(limit: Int) async throws -> [ErasureOrder]

    /// One order; nil when there is none such.
    func erasure(_ id: ErasureID) async throws -> ErasureOrder?

    /// The oldest order that is not fulfilled; nil when all are.
    func nextErasure() async throws -> ErasureOrder?

    /// The last row that a step has to look at.
    func lastRow(of step: ErasureStep) async throws -> Int64

    /// Keeps how far an order is.
    func setPlace(_ place: ErasurePlace, of erasure: ErasureID) async throws

    /// Ends an order, and forgets whom it was about; the second time does nothing.
    func endErasure(_ erasure: ErasureID, as end: ErasureOrder.End, at moment: Timestamp) async throws

    /// The next stored events behind a row, with their bodies; of one project or of all.
    func eventsToSearch(of project: ProjectID?, after row: Int64, limit: Int) async throws -> [SearchedEvent]

    /// Removes events, and the users that are given for their issues.
    ///
    /// - Returns: how many events it were.
    func erase(_ events: [ErasedEvent], for order: ErasureID) async throws -> Int

    /// The next records of a kind behind a row; of one project or of all.
    func recordsToSearch(
        _ kind: RecordKind, of project: ProjectID?, after row: Int64, limit: Int
    ) async throws -> [SearchedRecord]

    /// Removes records of a kind, with the attachments that belong to them.
    ///
    /// - Returns: how many it were.
    func erase(_ kind: RecordKind, _ rows: [Int64], for order: ErasureID) async throws -> Int

    /// The next attachments behind one, in the order of their identities; of one project or of all.
    func attachmentsToSearch(
        of project: ProjectID?, after attachment: AttachmentID, limit: Int
    ) async throws -> [SearchedAttachment]

    /// Removes attachments, and all others of one project or of all that have one of these files.
    ///
    /// - Returns: how many it were.
    func erase(
        _ attachments: [AttachmentID], havingOneOf files: [FileDigest], of project: ProjectID?,
        for order: ErasureID
    ) async throws -> Int

    /// Goes through what the next issues and the refused hashes show, counts and await, in the order of their identities.
    ///
    /// - Parameters:
    ///   - users: digests that no issue may count any more.
    ///   - order: whose count it is; nil to change nothing and only count.
    ///   - rewrite: what is to stand in the place of a text; nil where it may stay.
    /// - Returns: how many texts and users it were, and behind which issue to go on; nil at the end.
    func eraseTraces(
        of project: ProjectID?, after issue: IssueID?, users: [UserDigest], for order: ErasureID?,
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

/// An attachment that is looked through.
public struct SearchedAttachment: Hashable, Sendable {
    public let id: AttachmentID
    public let name: FileName
    public let file: FileDigest
    /// Whether no attachment before it has its file, which needs to be read once.
    public let isFirst: Bool

    public init(id: AttachmentID, name: FileName, file: FileDigest, isFirst: Bool) {
        self.id = id
        self.name = name
        self.file = file
        self.isFirst = isFirst
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
