// Removing what is known of a person.

import GRDB
public import Model

extension SQLiteStore {
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
    public func erase(_ events: [ErasedEvent]) async throws -> Int {
        guard !events.isEmpty else { return 0 }
        return try await writeOverwriting { db in
            for event in events {
                try db.run("DELETE FROM outbox WHERE event_id = ?", [event.id.blob])
                if let user = event.user { try TraceErasure(db: db).forget([user], of: event.issue.value) }
            }
            return try EventRemoval(db: db).remove(events.map(\.row))
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
    public func erase(_ kind: RecordKind, _ rows: [Int64]) async throws -> Int {
        guard !rows.isEmpty else { return 0 }
        return try await writeOverwriting { db in
            switch kind {
            case .feedback: try FeedbackTable(db: db).remove(rows)
            case .trace: try TraceItemTable(db: db).remove(rows)
            }
        }
    }

    /// Goes through a piece of the issues; what is in the journal is settled first, so that nothing waits there.
    public func eraseTraces(
        of project: ProjectID?, after issue: IssueID?, users: [UserDigest], isTrial: Bool,
        _ rewrite: @Sendable (String) -> String?
    ) async throws -> (count: Int, next: IssueID?) {
        if isTrial {
            return try await read {
                try TraceErasure(db: $0).search(of: project, after: issue, users: users, rewrite)
            }
        }
        return try await writeOverwriting { db in
            try TagJournalWriter(db: db, statements: HotStatements(db)).settle()
            return try TraceErasure(db: db).erase(of: project, after: issue, users: users, rewrite)
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
