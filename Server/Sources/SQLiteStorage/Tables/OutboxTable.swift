// What people may want to be told, and have not been yet.

import FlycatcherWire
import GRDB
import Model

/// Table `outbox`.
struct OutboxTable {
    let db: Database

    func insert(_ kind: Announcement.Kind, issue: Int64, event: GroupedEvent) throws {
        try db.run(
            "INSERT INTO outbox (kind, issue, event_id, title, at) VALUES (?, ?, ?, ?, ?)",
            [kind.rawValue, issue, event.id.blob, event.facts.title, event.receivedAt.microseconds])
    }

    /// Takes the oldest out.
    func take(limit: Int) throws -> [Announcement] {
        let oldest = try oldest(limit: limit)
        if let last = oldest.last {
            try db.run("DELETE FROM outbox WHERE id <= ?", [last.id])
        }
        return oldest.compactMap(\.announcement)
    }

    /// A kind that this version does not know has nobody to be told, and is taken out all the same.
    private func oldest(limit: Int) throws -> [(id: Int64, announcement: Announcement?)] {
        let sql = """
            SELECT outbox.id, kind, issue, short_prefix, number, event_id, title, at
            FROM outbox JOIN issue ON issue.id = outbox.issue JOIN project ON project.id = issue.project
            ORDER BY outbox.id LIMIT ?
            """
        return try db.rows(sql, [limit]) { row in
            let announcement = Announcement.Kind(rawValue: row[1]).map { kind in
                Announcement(
                    kind: kind, issue: IssueID(row[2]), shortID: ShortID(prefix: row[3], number: row[4]),
                    event: EventID(blob: row[5]), title: row[6], at: Timestamp(microseconds: row[7]))
            }
            return (row[0], announcement)
        }
    }
}
