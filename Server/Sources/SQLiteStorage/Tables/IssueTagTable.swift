// How an issue's events spread over the values of their tags.

import FlycatcherWire
import GRDB
import Model

/// Tables `issue_tag_key` and `issue_tag`.
///
/// A key that names each request or each moment must not fill the database: beyond the bounds a value is counted
/// in its key's total only, and a key not at all.
struct IssueTagTable {
    static let maximumKeyCount: Int64 = 200
    static let maximumValueCount: Int64 = 1000

    let db: Database

    /// Adds what a batch saw under one key.
    ///
    /// - Returns: whether the key is new to the issue.
    func add(_ fold: TagKeyFold, key: String, to issue: Int64) throws -> Bool {
        let known = try valueCount(of: key, issue: issue)
        var valueCount = known ?? 0
        for (value, seen) in fold.values {
            if known != nil, try update(value, of: key, issue: issue, by: seen) { continue }
            guard valueCount < Self.maximumValueCount else { continue }
            try insert(value, of: key, issue: issue, seen: seen)
            valueCount += 1
        }
        try setKey(key, issue: issue, adding: fold.total, valueCount: valueCount)
        return known == nil
    }

    func has(_ key: String, issue: Int64) throws -> Bool {
        try valueCount(of: key, issue: issue) != nil
    }

    func facets(of issue: Int64, valueLimit: Int) throws -> [TagFacet] {
        let sql = "SELECT key, total, value_count FROM issue_tag_key WHERE issue = ? ORDER BY key"
        return try db.rows(sql, [issue]) { row in
            let key: String = row[0]
            let values = try topValues(of: key, issue: issue, limit: valueLimit)
            return TagFacet(key: key, total: row[1], valueCount: row[2], values: values)
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

    private func valueCount(of key: String, issue: Int64) throws -> Int64? {
        try db.number("SELECT value_count FROM issue_tag_key WHERE issue = ? AND key = ?", [issue, key])
    }

    private func setKey(_ key: String, issue: Int64, adding total: Int64, valueCount: Int64) throws {
        try db.run(
            """
            INSERT INTO issue_tag_key (issue, key, total, value_count) VALUES (?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET total = total + excluded.total, value_count = excluded.value_count
            """, [issue, key, total, valueCount])
    }

    /// Says whether the value was there to be updated.
    private func update(_ value: String, of key: String, issue: Int64, by seen: SeenCount) throws -> Bool {
        try db.run(
            """
            UPDATE issue_tag SET
                count = count + ?, first_seen = min(first_seen, ?), last_seen = max(last_seen, ?)
            WHERE issue = ? AND key = ? AND value = ?
            """, [seen.count, seen.first, seen.last, issue, key, value])
        return db.changesCount > 0
    }

    private func insert(_ value: String, of key: String, issue: Int64, seen: SeenCount) throws {
        try db.run(
            "INSERT INTO issue_tag (issue, key, value, count, first_seen, last_seen) VALUES (?, ?, ?, ?, ?, ?)",
            [issue, key, value, seen.count, seen.first, seen.last])
    }
}
