// Makes one issue of two, and takes issues away.

import GRDB
import Model

/// What happens to everything that belongs to an issue when the issue ends.
struct IssueUnion {
    let db: Database

    /// The issues by events, most first, with the project of each.
    func ranked(_ issues: [IssueID]) throws -> [(id: IssueID, project: Int64)] {
        let found = try issues.map { issue in
            guard let row = try db.row("SELECT project, event_count FROM issue WHERE id = ?", [issue.value])
            else { throw StoreError.missing("issue \(issue)") }
            return (id: issue, project: row[0] as Int64, count: row[1] as Int64)
        }
        let sorted = found.sorted { ($0.count, -$0.id.value) > ($1.count, -$1.id.value) }
        return sorted.map { ($0.id, $0.project) }
    }

    /// Moves all that `source` has to `target`, and takes `source` away.
    func move(_ source: IssueID, into target: IssueID) throws {
        try settleTags()
        for table in ["issue_hash", "event", "outbox"] {
            try db.run("UPDATE \(table) SET issue = ? WHERE issue = ?", [target.value, source.value])
        }
        for sql in Self.sums { try db.run(sql, ["target": target.value, "source": source.value]) }
        try removeRows(of: source)
        try InstallationTable(db: db).add(events: 0, issues: -1)
    }

    /// Takes an issue away with all that it has.
    func remove(_ issue: IssueID) throws {
        try settleTags()
        let count = try db.number("SELECT count(*) FROM event WHERE issue = ?", [issue.value]) ?? 0
        for table in ["issue_hash", "event", "outbox"] {
            try db.run("DELETE FROM \(table) WHERE issue = ?", [issue.value])
        }
        try removeRows(of: issue)
        try InstallationTable(db: db).add(events: -count, issues: -1)
    }

    /// What waits in the journal belongs to issues as they are now.
    private func settleTags() throws {
        try TagJournalWriter(db: db, statements: HotStatements(db)).settle()
    }

    private func removeRows(of issue: IssueID) throws {
        for table in ["issue_hour", "issue_user", "issue_tag", "issue_tag_key"] {
            try db.run("DELETE FROM \(table) WHERE issue = ?", [issue.value])
        }
        try db.run("DELETE FROM issue WHERE id = ?", [issue.value])
    }

    /// Adds the sums of one issue to those of the other; the newer one says what the issue shows.
    private static let sums = [
        """
        INSERT INTO issue_hour (issue, hour, count)
        SELECT :target, hour, count FROM issue_hour WHERE issue = :source
        ON CONFLICT DO UPDATE SET count = count + excluded.count
        """,
        """
        INSERT INTO issue_user (issue, digest) SELECT :target, digest FROM issue_user WHERE issue = :source
        ON CONFLICT DO NOTHING
        """,
        """
        INSERT INTO issue_tag (issue, key, value, count, first_seen, last_seen)
        SELECT :target, key, value, count, first_seen, last_seen FROM issue_tag WHERE issue = :source
        ON CONFLICT DO UPDATE SET
            count = count + excluded.count, first_seen = min(first_seen, excluded.first_seen),
            last_seen = max(last_seen, excluded.last_seen)
        """,
        """
        INSERT INTO issue_tag_key (issue, key, value_count, other_count)
        SELECT :target, key, value_count, other_count FROM issue_tag_key WHERE issue = :source
        ON CONFLICT DO UPDATE SET other_count = other_count + excluded.other_count
        """,
        """
        UPDATE issue_tag_key SET value_count = (
            SELECT count(*) FROM issue_tag
            WHERE issue_tag.issue = issue_tag_key.issue AND issue_tag.key = issue_tag_key.key
        ) WHERE issue = :target AND :source > 0
        """,
        """
        UPDATE issue SET
            event_type = source.event_type, level = source.level, platform = source.platform,
            is_handled = source.is_handled, type = source.type, value = source.value, culprit = source.culprit,
            location = source.location, environment = source.environment, release = source.release,
            "transaction" = source."transaction"
        FROM issue AS source
        WHERE issue.id = :target AND source.id = :source AND source.last_seen > issue.last_seen
        """,
        """
        UPDATE issue SET
            first_seen = min(issue.first_seen, source.first_seen),
            last_seen = max(issue.last_seen, source.last_seen),
            event_count = issue.event_count + source.event_count,
            is_unhandled = max(issue.is_unhandled, source.is_unhandled),
            user_count = (SELECT count(*) FROM issue_user WHERE issue_user.issue = issue.id),
            tag_key_count = (SELECT count(*) FROM issue_tag_key WHERE issue_tag_key.issue = issue.id)
        FROM issue AS source WHERE issue.id = :target AND source.id = :source
        """,
    ]
}
