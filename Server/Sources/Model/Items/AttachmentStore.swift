// Keeping what is known of attachments; their contents are files.

public import FlycatcherWire

/// The part of a ``Store`` that knows the attachments of events.
///
/// Rules for implementers, which the contract suite checks:
/// - An attachment that is delivered again with its event changes nothing.
/// - An event that goes takes its attachments along, whatever makes it go.
/// - A file is called free only when no attachment has it, and until somebody says that it is gone.
public protocol AttachmentStore: Sendable {
    /// The attachments of an event, or of a feedback, in the order they came; at most a thousand.
    func attachments(of event: EventID, in project: ProjectID) async throws -> [Attachment]

    /// One attachment; nil when the event has none such.
    func attachment(
        _ id: AttachmentID, of event: EventID, in project: ProjectID
    ) async throws -> Attachment?

    /// Removes one attachment, and says whether there was one.
    func removeAttachment(_ id: AttachmentID, of event: EventID, in project: ProjectID) async throws -> Bool

    /// Looks at attachments that came without their event before a moment: those whose event has come since stay, the
    /// others go.
    ///
    /// - Returns: whether more of them may be left.
    func settleAttachments(receivedBefore moment: Timestamp, limit: Int) async throws -> Bool

    /// Looks through the list of files that lost an attachment, and gives the ones that no attachment has any more.
    ///
    /// They stay on the list, so that whoever ends before they are removed finds them again.
    func freeFiles(limit: Int) async throws -> FreeFiles

    /// Takes files off the list.
    func forgetFree(_ files: [FileDigest]) async throws

    /// Which of these files no attachment has.
    func unusedFiles(among files: [FileDigest]) async throws -> [FileDigest]
}

/// Files that nothing keeps any more.
public struct FreeFiles: Hashable, Sendable {
    public let files: [FileDigest]
    /// Whether the list has more than was looked at.
    public let hasMore: Bool

    public init(files: [FileDigest], hasMore: Bool) {
        self.files = files
        self.hasMore = hasMore
    }
}
