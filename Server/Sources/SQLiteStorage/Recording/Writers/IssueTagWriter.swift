// Counts an issue's tags in their tables.

import Model

/// What the recorder does with tables `issue_tag` and `issue_tag_key`.
struct IssueTagWriter: TagCounter {
    let issue: Int64
    /// Whether any tag of the issue was counted before.
    let hasTags: Bool
    let statements: HotStatements

    /// A value that is known costs this one statement.
    func update(_ tag: Tag, by seen: SeenCount) throws -> Bool {
        guard hasTags else { return false }
        return try statements.run(
            """
            UPDATE issue_tag SET
                count = count + ?, first_seen = min(first_seen, ?), last_seen = max(last_seen, ?)
            WHERE issue = ? AND key = ? AND value = ?
            """,
            .integer(seen.count), .integer(seen.first), .integer(seen.last), .integer(issue), .text(tag.key),
            .text(tag.value)) > 0
    }

    func valueCount(of key: String) throws -> Int64? {
        guard hasTags else { return nil }
        return try statements.integers(
            "SELECT value_count FROM issue_tag_key WHERE issue = ? AND key = ?", .integer(issue), .text(key))?
            .first
    }

    func insert(_ values: [TagValue], otherCount: Int64, of key: String) throws {
        try grow(key, valueCount: Int64(values.count), otherCount: otherCount)
        for (value, seen) in values { try insert(Tag(key, value), seen) }
    }

    private func grow(_ key: String, valueCount: Int64, otherCount: Int64) throws {
        try statements.run(
            """
            INSERT INTO issue_tag_key (issue, key, value_count, other_count) VALUES (?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET
                value_count = value_count + excluded.value_count, other_count = other_count + excluded.other_count
            """, .integer(issue), .text(key), .integer(valueCount), .integer(otherCount))
    }

    private func insert(_ tag: Tag, _ seen: SeenCount) throws {
        try statements.run(
            "INSERT INTO issue_tag (issue, key, value, count, first_seen, last_seen) VALUES (?, ?, ?, ?, ?, ?)",
            .integer(issue), .text(tag.key), .text(tag.value), .integer(seen.count), .integer(seen.first),
            .integer(seen.last))
    }
}
