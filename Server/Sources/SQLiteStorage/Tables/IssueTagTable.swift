// How an issue's events spread over the values of their tags.

import FlycatcherWire
import GRDB
import Model

/// Tables `issue_tag_key` and `issue_tag`.
struct IssueTagTable {
    let db: Database

    func facets(of issue: Int64, valueLimit: Int) throws -> [TagFacet] {
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
