// How an issue's events spread over the values of their tags.

import FlycatcherWire
import GRDB
import Model

/// Tables `issue_tag_key` and `issue_tag`.
struct IssueTagTable {
    let db: Database

    /// The facets with whatever of them still waits in the journal.
    func facets(of issue: Int64, valueLimit: Int) throws -> [TagFacet] {
        let stored = try storedFacets(of: issue, valueLimit: valueLimit)
        guard let tally = try TagJournalTable(db: db).tally(of: issue) else { return stored }
        var pending = PendingFacets(stored, of: issue, db: db)
        _ = try pending.add(tally, keyCount: Int64(stored.count))
        return pending.facets(valueLimit: valueLimit)
    }

    /// How often a value was seen; nil when it is not counted.
    func count(of tag: Tag, issue: Int64) throws -> SeenCount? {
        let sql =
            "SELECT count, first_seen, last_seen FROM issue_tag WHERE issue = ? AND key = ? AND value = ?"
        return try db.row(sql, [issue, tag.key, tag.value]).map {
            SeenCount($0[0], first: $0[1], last: $0[2])
        }
    }

    private func storedFacets(of issue: Int64, valueLimit: Int) throws -> [TagFacet] {
        let sql = """
            SELECT key, value_count, other_count + (
                SELECT sum(count) FROM issue_tag WHERE issue_tag.issue = keys.issue AND issue_tag.key = keys.key
            ) FROM issue_tag_key AS keys WHERE issue = ? ORDER BY key
            """
        return try db.rows(sql, [issue]) { row in
            let key: String = row[0]
            let values = try topValues(of: key, issue: issue, limit: valueLimit)
            return TagFacet(key: key, total: row[2], valueCount: row[1], values: values)
        }
    }

    private func topValues(of key: String, issue: Int64, limit: Int) throws -> [TagCount] {
        let sql = """
            SELECT value, count, first_seen, last_seen FROM issue_tag WHERE issue = ? AND key = ?
            ORDER BY count DESC, value LIMIT ?
            """
        return try db.rows(sql, [issue, key, limit]) { row in
            TagCount(
                value: row[0], count: row[1], firstSeen: Timestamp(microseconds: row[2]),
                lastSeen: Timestamp(microseconds: row[3]))
        }
    }
}
