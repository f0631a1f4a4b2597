// Counts an issue's tags, within bounds.

import Model

/// What the recorder does with tables `issue_tag` and `issue_tag_key`.
///
/// A key that names each request or each moment must not fill the database: what is beyond the bounds is counted
/// as *other* of its key, and a key too many not at all. A value that is known costs one statement.
struct IssueTagWriter {
    static let maximumKeyCount: Int64 = 200
    static let maximumValueCount: Int64 = 1000

    let statements: HotStatements

    /// Adds the tags of a fold, and says how many keys the issue has then.
    func add(_ fold: IssueFold) throws -> Int64 {
        var unknown: [String: [(value: String, seen: SeenCount)]] = [:]
        for (tag, seen) in fold.tags {
            if !fold.issue.isNew, try update(tag, issue: fold.issue.id, by: seen) { continue }
            unknown[tag.key, default: []].append((tag.value, seen))
        }
        var keyCount = fold.issue.tagKeyCount
        for (key, values) in unknown {
            let known = fold.issue.isNew ? nil : try valueCount(of: key, issue: fold.issue.id)
            if known == nil {
                guard keyCount < Self.maximumKeyCount else { continue }
                keyCount += 1
            }
            try insert(values, of: key, issue: fold.issue.id, room: Self.maximumValueCount - (known ?? 0))
        }
        return keyCount
    }

    private func insert(
        _ values: [(value: String, seen: SeenCount)], of key: String, issue: Int64, room: Int64
    ) throws {
        let kept = values.prefix(Int(room))
        let otherCount = values.dropFirst(kept.count).reduce(0) { $0 + $1.seen.count }
        try growKey(key, issue: issue, valueCount: Int64(kept.count), otherCount: otherCount)
        for (value, seen) in kept { try insert(Tag(key, value), issue: issue, seen: seen) }
    }

    private func valueCount(of key: String, issue: Int64) throws -> Int64? {
        try statements.integers(
            "SELECT value_count FROM issue_tag_key WHERE issue = ? AND key = ?", .integer(issue), .text(key))?
            .first
    }

    private func growKey(_ key: String, issue: Int64, valueCount: Int64, otherCount: Int64) throws {
        try statements.run(
            """
            INSERT INTO issue_tag_key (issue, key, value_count, other_count) VALUES (?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET
                value_count = value_count + excluded.value_count, other_count = other_count + excluded.other_count
            """, .integer(issue), .text(key), .integer(valueCount), .integer(otherCount))
    }

    /// Says whether the tag was there to be updated.
    private func update(_ tag: Tag, issue: Int64, by seen: SeenCount) throws -> Bool {
        try statements.run(
            """
            UPDATE issue_tag SET
                count = count + ?, first_seen = min(first_seen, ?), last_seen = max(last_seen, ?)
            WHERE issue = ? AND key = ? AND value = ?
            """,
            .integer(seen.count), .integer(seen.first), .integer(seen.last), .integer(issue), .text(tag.key),
            .text(tag.value)) > 0
    }

    private func insert(_ tag: Tag, issue: Int64, seen: SeenCount) throws {
        try statements.run(
            "INSERT INTO issue_tag (issue, key, value, count, first_seen, last_seen) VALUES (?, ?, ?, ?, ?, ?)",
            .integer(issue), .text(tag.key), .text(tag.value), .integer(seen.count), .integer(seen.first),
            .integer(seen.last))
    }
}
