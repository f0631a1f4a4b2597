// Removing what is known of a person.

public import FlycatcherWire
import GRDB
public import Model

extension SQLiteStore {
    /// Keeps an order.
    public func addErasure(
        of subject: ErasureSubject, in project: ProjectID?, by name: String, at moment: Timestamp
    ) async throws -> ErasureOrder {
        try await write { db in
            let table = ErasureTable(db: db)
            let id = try table.insert(subject, in: project, by: name, at: moment)
            guard let order = try table.find(id) else { throw StoreError.missing("erasure \(id)") }
            return order
        }
    }

    /// Lists the last orders.
    public func erasures(limit: Int) async throws -> [ErasureOrder] {
        try await read { try ErasureTable(db: $0).newest(limit: limit) }
    }

    /// Finds one order.
    public func erasure(_ id: ErasureID) async throws -> ErasureOrder? {
        try await read { try ErasureTable(db: $0).find(id) }
    }

    /// Finds the order whose turn it is.
    public func nextErasure() async throws -> ErasureOrder? {
        try await read { try ErasureTable(db: $0).oldestWaiting() }
    }

    /// Reads the end of a table.
    public func lastRow(of step: ErasureStep) async throws -> Int64 {
        try await read { try ErasureTable(db: $0).lastRow(of: step) }
    }

    /// Keeps a place.
    public func setPlace(_ place: ErasurePlace, of erasure: ErasureID) async throws {
        try await write { try ErasureTable(db: $0).set(place, of: erasure) }
    }

    /// Ends an order, overwriting whom it was about.
    public func endErasure(
        _ erasure: ErasureID, as end: ErasureOrder.End, at moment: Timestamp
    ) async throws {
        try await writeOverwriting { try ErasureTable(db: $0).end(erasure, as: end, at: moment) }
    }

    /// Reads events in the order of their rows, and unpacks them outside of the read.
    public func eventsToSearch(
        of project: ProjectID?, after row: Int64, limit: Int
    ) async throws -> [SearchedEvent] {
        let packed = try await read {
            try EventTable(db: $0).packed(of: project, behind: row, limit: min(max(limit, 1), 200))
        }
        return packed.map { event in
            // What is damaged cannot be read by anybody.
            let json = (try? Self.unpacked(event.body)) ?? []
            return SearchedEvent(row: event.row.id, summary: event.row.summary, json: json)
        }
    }

    /// Removes events in one transaction that overwrites them.
    public func erase(_ events: [ErasedEvent], for order: ErasureID) async throws -> Int {
        guard !events.isEmpty else { return 0 }
        return try await writeOverwriting { db in
            for event in events {
                try db.run("DELETE FROM outbox WHERE event_id = ?", [event.id.blob])
                if let user = event.user { try TraceErasure(db: db).forget([user], of: event.issue.value) }
            }
            let count = try EventRemoval(db: db).remove(events.map(\.row))
            try ErasureTable(db: db).add(count, .events, to: order)
            return count
        }
    }

    /// Reads records in the order of their rows, and unpacks them outside of the read.
    public func recordsToSearch(
        _ kind: RecordKind, of project: ProjectID?, after row: Int64, limit: Int
    ) async throws -> [SearchedRecord] {
        let limit = min(max(limit, 1), 200)
        let packed = try await read { db in
            switch kind {
            case .feedback: try FeedbackTable(db: db).searched(of: project, after: row, limit: limit)
            case .trace: try TraceItemTable(db: db).searched(of: project, after: row, limit: limit)
            }
        }
        return packed.map { record in
            // What came with nothing has no body; what is damaged cannot be read by anybody.
            let json = (try? Self.unpacked(record.body)) ?? []
            return SearchedRecord(row: record.row, texts: record.texts, json: json)
        }
    }

    /// Removes records in one transaction that overwrites them.
    public func erase(_ kind: RecordKind, _ rows: [Int64], for order: ErasureID) async throws -> Int {
        guard !rows.isEmpty else { return 0 }
        return try await writeOverwriting { db in
            let count =
                switch kind {
                case .feedback: try FeedbackTable(db: db).remove(rows)
                case .trace: try TraceItemTable(db: db).remove(rows)
                }
            try ErasureTable(db: db).add(count, .records, to: order)
            return count
        }
    }

    /// Reads attachments in the order they came.
    public func attachmentsToSearch(
        of project: ProjectID?, after attachment: AttachmentID, limit: Int
    ) async throws -> [SearchedAttachment] {
        try await read {
            try AttachmentTable(db: $0).searched(
                of: project, after: attachment, limit: min(max(limit, 1), 200))
        }
    }

    /// Removes attachments in one transaction that overwrites them.
    public func erase(
        _ attachments: [AttachmentID], havingOneOf files: [FileDigest], of project: ProjectID?,
        for order: ErasureID
    ) async throws -> Int {
        guard !attachments.isEmpty || !files.isEmpty else { return 0 }
        return try await writeOverwriting { db in
            let table = AttachmentTable(db: db)
            let count = try table.remove(attachments) + table.remove(havingOneOf: files, of: project)
            try ErasureTable(db: db).add(count, .attachments, to: order)
            return count
        }
    }

    /// Goes through a piece of the issues; what is in the journal is settled first, so that nothing waits there.
    public func eraseTraces(
        of project: ProjectID?, after issue: IssueID?, users: [UserDigest], for order: ErasureID?,
        _ rewrite: @Sendable (String) -> String?
    ) async throws -> (count: Int, next: IssueID?) {
        guard let order else {
            return try await read {
                try TraceErasure(db: $0).search(of: project, after: issue, users: users, rewrite)
            }
        }
        return try await writeOverwriting { db in
            try TagJournalWriter(db: db, statements: HotStatements(db)).settle()
            let erased = try TraceErasure(db: db).erase(of: project, after: issue, users: users, rewrite)
            try ErasureTable(db: db).add(erased.count, .traces, to: order)
            return erased
        }
    }

    /// Runs a change whose deleted rows and freed pages are filled with zeros.
    private func writeOverwriting<Value: Sendable>(
        _ body: @Sendable (Database) throws -> Value
    ) async throws -> Value {
        try await write { db in
            try db.execute(sql: "PRAGMA secure_delete = ON")
            defer { try? db.execute(sql: "PRAGMA secure_delete = OFF") }
            return try body(db)
        }
    }
}
