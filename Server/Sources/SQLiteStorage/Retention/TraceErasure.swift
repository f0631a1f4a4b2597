// Finds and rewrites what issues have kept of their events' texts and users.

import FlycatcherWire
import GRDB
import Model

/// The texts of issues, their tags, what is still to be announced, and titles that refused hashes and filters keep.
struct TraceErasure {
    let db: Database

    typealias Rewrite = (String) -> String?

    /// So many issues are gone through in one transaction.
    private static let pieceSize: Int64 = 200

    private static let texts = [
        "type", "value", "culprit", "location", "environment", "release", "\"transaction\"",
    ]

    /// What has a title and belongs to no issue.
    private static let titled = ["discarded_hash", "filter_hit"]

    /// Counts what would be changed of the next issues.
    func search(
        of project: ProjectID?, after issue: IssueID?, users: [UserDigest], _ rewrite: Rewrite
    ) throws -> (count: Int, next: IssueID?) {
        try piece(of: project, after: issue) { issue in
            let texts = try issueTexts(of: issue).filter { rewrite($0.text) != nil }.count
            let tags = try self.tags(of: issue).filter { rewrite($0.value) != nil }.count
            let known = try users.filter { user in
                let digest = Int64(bitPattern: user.value)
                return try db.number(
                    "SELECT 1 FROM issue_user WHERE issue = ? AND digest = ?", [issue, digest]) != nil
            }.count
            return texts + tags + known
        }
    }

    /// Changes the next issues, and at the end what belongs to none.
    func erase(
        of project: ProjectID?, after issue: IssueID?, users: [UserDigest], _ rewrite: Rewrite
    ) throws -> (count: Int, next: IssueID?) {
        var result = try piece(of: project, after: issue) { issue in
            try rewriteTexts(of: issue, rewrite) + rewriteTags(of: issue, rewrite) + forget(users, of: issue)
                + rewriteAnnouncements(of: issue, rewrite)
        }
        if result.next == nil {
            for table in Self.titled { result.count += try rewriteTitles(in: table, of: project, rewrite) }
        }
        return result
    }

    /// Lets an issue count these users no more, and says how many it knew.
    @discardableResult
    func forget(_ users: [UserDigest], of issue: Int64) throws -> Int {
        var count = 0
        for user in users {
            try db.run(
                "DELETE FROM issue_user WHERE issue = ? AND digest = ?",
                [issue, Int64(bitPattern: user.value)])
            count += db.changesCount
        }
        if count > 0 {
            try db.run("UPDATE issue SET user_count = max(0, user_count - ?) WHERE id = ?", [count, issue])
        }
        return count
    }

    private func piece(
        of project: ProjectID?, after issue: IssueID?, _ work: (Int64) throws -> Int
    ) throws -> (count: Int, next: IssueID?) {
        let issues = try db.rows(
            "SELECT id, project FROM issue WHERE id > ? ORDER BY id LIMIT ?",
            [issue?.value ?? 0, Self.pieceSize]
        ) { (id: $0[0] as Int64, project: ProjectID($0[1])) }
        let chosen = issues.filter { project == nil || $0.project == project }
        let count = try chosen.reduce(0) { try $0 + work($1.id) }
        return (count, issues.count == Self.pieceSize ? issues.last.map { IssueID($0.id) } : nil)
    }

    private func issueTexts(of issue: Int64) throws -> [(column: String, text: String)] {
        let sql = "SELECT \(Self.texts.joined(separator: ", ")) FROM issue WHERE id = ?"
        guard let row = try db.row(sql, [issue]) else { return [] }
        return Self.texts.enumerated().map { ($0.element, row[$0.offset]) }
    }

    private func rewriteTexts(of issue: Int64, _ rewrite: Rewrite) throws -> Int {
        var count = 0
        for (column, text) in try issueTexts(of: issue) {
            guard let new = rewrite(text) else { continue }
            try db.run("UPDATE issue SET \(column) = ? WHERE id = ?", [new, issue])
            count += 1
        }
        return count
    }

    private typealias TagRow = (key: String, value: String, count: Int64, first: Int64, last: Int64)

    private func tags(of issue: Int64) throws -> [TagRow] {
        try db.rows(
            "SELECT key, value, count, first_seen, last_seen FROM issue_tag WHERE issue = ?", [issue]
        ) { ($0[0], $0[1], $0[2], $0[3], $0[4]) }
    }

    /// Values that become the same are counted as one.
    private func rewriteTags(of issue: Int64, _ rewrite: Rewrite) throws -> Int {
        var keys: Set<String> = []
        var count = 0
        for tag in try tags(of: issue) {
            guard let new = rewrite(tag.value) else { continue }
            try db.run(
                "DELETE FROM issue_tag WHERE issue = ? AND key = ? AND value = ?",
                [issue, tag.key, tag.value])
            try db.run(
                """
                INSERT INTO issue_tag (issue, key, value, count, first_seen, last_seen) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET
                    count = count + excluded.count, first_seen = min(first_seen, excluded.first_seen),
                    last_seen = max(last_seen, excluded.last_seen)
                """, [issue, tag.key, new, tag.count, tag.first, tag.last])
            keys.insert(tag.key)
            count += 1
        }
        for key in keys {
            try db.run(
                """
                UPDATE issue_tag_key SET value_count =
                    (SELECT count(*) FROM issue_tag WHERE issue = :issue AND key = :key)
                WHERE issue = :issue AND key = :key
                """, ["issue": issue, "key": key])
        }
        return count
    }

    private func rewriteAnnouncements(of issue: Int64, _ rewrite: Rewrite) throws -> Int {
        let titles = try db.rows("SELECT id, title FROM outbox WHERE issue = ?", [issue]) {
            (id: $0[0] as Int64, title: $0[1] as String)
        }
        let changed = titles.compactMap { row in rewrite(row.title).map { (row.id, $0) } }
        for (id, title) in changed { try db.run("UPDATE outbox SET title = ? WHERE id = ?", [title, id]) }
        return changed.count
    }

    private func rewriteTitles(
        in table: String, of project: ProjectID?, _ rewrite: Rewrite
    ) throws -> Int {
        let titles = try db.rows("SELECT DISTINCT title, project FROM \(table)", []) {
            (title: $0[0] as String, project: ProjectID($0[1]))
        }
        var count = 0
        for (title, owner) in titles where project == nil || owner == project {
            guard let new = rewrite(title) else { continue }
            try db.run(
                "UPDATE \(table) SET title = ? WHERE project = ? AND title = ?", [new, owner.value, title])
            count += 1
        }
        return count
    }
}
