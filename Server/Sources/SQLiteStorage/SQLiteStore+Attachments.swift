// Asking for attachments, and letting their files go.

public import FlycatcherWire
import GRDB
public import Model

extension SQLiteStore {
    /// Lists the attachments of an event in the order they came.
    public func attachments(of event: EventID, in project: ProjectID) async throws -> [Attachment] {
        try await read { db in
            try AttachmentTable(db: db).all(of: event, in: project, limit: Self.maximumAttachmentCount)
        }
    }

    /// Finds one attachment of an event.
    public func attachment(
        _ id: AttachmentID, of event: EventID, in project: ProjectID
    ) async throws -> Attachment? {
        try await read { try AttachmentTable(db: $0).find(id, of: event, in: project) }
    }

    /// Removes one attachment; its file goes later, if nothing else has it.
    public func removeAttachment(
        _ id: AttachmentID, of event: EventID, in project: ProjectID
    ) async throws -> Bool {
        try await write { try AttachmentTable(db: $0).remove(id, of: event, in: project) }
    }

    /// Removes attachments whose event did not come.
    public func settleAttachments(receivedBefore moment: Timestamp, limit: Int) async throws -> Bool {
        try await write { try AttachmentTable(db: $0).settle(receivedBefore: moment, limit: limit) } == limit
    }

    /// Takes those that something has off the list of freed files, and gives the others.
    public func freeFiles(limit: Int) async throws -> FreeFiles {
        // Mostly there are none, which a reader finds out.
        guard try await read({ try !AttachmentTable(db: $0).freed(limit: 1).isEmpty }) else {
            return FreeFiles(files: [], hasMore: false)
        }
        return try await write { db in
            let table = AttachmentTable(db: db)
            let freed = try table.freed(limit: limit)
            let used = try freed.filter { try table.isUsed($0) }
            try table.forgetFreed(used)
            // A change, so that the removals before it last: a file must not go before what speaks of it.
            try InstallationTable(db: db).add(events: 0, issues: 0)
            return FreeFiles(files: freed.filter { !used.contains($0) }, hasMore: freed.count == limit)
        }
    }

    /// Takes files off the list of freed ones.
    public func forgetFree(_ files: [FileDigest]) async throws {
        guard !files.isEmpty else { return }
        try await write { try AttachmentTable(db: $0).forgetFreed(files) }
    }

    /// Says which files nothing has.
    public func unusedFiles(among files: [FileDigest]) async throws -> [FileDigest] {
        try await read { db in try files.filter { try !AttachmentTable(db: db).isUsed($0) } }
    }

    private static let maximumAttachmentCount = 1000
}
