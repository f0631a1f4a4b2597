// Adds what one issue has to another.

import GRDB
import Model

/// What becomes of everything but events when an issue goes into another one.
struct IssueUnion {
    let db: Database

    /// Lets the target show the newer of both, and span the time of both.
    func addFacts(of source: IssueID, to target: IssueID) throws {
        for sql in Self.facts { try db.run(sql, ["target": target.value, "source": source.value]) }
    }

    /// Moves at most so many users, and says how many it was.
    func addUsers(of source: IssueID, to target: IssueID, limit: Int) throws -> Int {
        try db.run(
            """
            INSERT INTO issue_user (issue, digest)
            SELECT ?, digest FROM issue_user WHERE issue = ? ORDER BY digest LIMIT ?
            ON CONFLICT DO NOTHING
            """, [target.value, source.value, limit])
        try db.run(
            "UPDATE issue SET user_count = user_count + ? WHERE id = ?", [db.changesCount, target.value])
        return try removeUsers(of: source, limit: limit)
    }

    /// Removes at most so many users, and says how many it was.
    func removeUsers(of issue: IssueID, limit: Int) throws -> Int {
        try db.run(
            """
            DELETE FROM issue_user WHERE issue = ? AND digest IN (
                SELECT digest FROM issue_user WHERE issue = ? ORDER BY digest LIMIT ?
            )
            """, [issue.value, issue.value, limit])
        return db.changesCount
    }

    /// Adds tags, which are bounded, and what is counted of events that are stored no more.
    func addSums(of source: IssueID, to target: IssueID) throws {
        for sql in Self.sums { try db.run(sql, ["target": target.value, "source": source.value]) }
    }

    private static let facts = [
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
            is_unhandled = max(issue.is_unhandled, source.is_unhandled)
        FROM issue AS source WHERE issue.id = :target AND source.id = :source
        """,
    ]

    private static let sums = [
        """
        INSERT INTO issue_day (issue, day, count)
        SELECT :target, day, count FROM issue_day WHERE issue = :source
        ON CONFLICT DO UPDATE SET count = count + excluded.count
        """,
        """
        INSERT INTO issue_hour (issue, hour, count)
        SELECT :target, hour, count FROM issue_hour WHERE issue = :source
        ON CONFLICT DO UPDATE SET count = count + excluded.count
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
            event_count = issue.event_count + source.event_count,
            unkept_count = issue.unkept_count + source.unkept_count,
            tag_key_count = (SELECT count(*) FROM issue_tag_key WHERE issue_tag_key.issue = issue.id)
        FROM issue AS source WHERE issue.id = :target AND source.id = :source
        """,
    ]
}
