// Issues: their counters, and the facts of their newest event.

import FlycatcherWire
import GRDB
import Model

/// Table `issue`.
struct IssueTable {
    let db: Database

    /// Makes an issue that has counted nothing yet.
    func insert(_ shortID: ShortID, with event: GroupedEvent) throws -> Int64 {
        try db.run(
            """
            INSERT INTO issue (
                project, number, short_id, first_seen, last_seen, event_count, user_count, tag_key_count,
                is_unhandled, event_type, level, platform, is_handled, type, value, culprit, location, environment,
                release, "transaction"
            ) VALUES (?, ?, ?, ?, ?, 0, 0, 0, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                event.project.value, shortID.number, shortID.description, event.timestamp.microseconds,
                event.timestamp.microseconds,
            ] + Self.facts(of: event))
        return db.lastInsertedRowID
    }

    func add(_ fold: IssueFold, newUserCount: Int64, tagKeyCount: Int64) throws {
        try db.run(
            """
            UPDATE issue SET
                event_count = event_count + ?, user_count = user_count + ?, tag_key_count = ?,
                first_seen = min(first_seen, ?), last_seen = max(last_seen, ?), is_unhandled = max(is_unhandled, ?)
            WHERE id = ?
            """,
            [
                fold.eventCount, newUserCount, tagKeyCount, fold.firstSeen, fold.lastSeen, fold.isUnhandled,
                fold.id,
            ])
    }

    /// Shows an event as the issue's newest.
    func setFacts(of issue: Int64, to event: GroupedEvent) throws {
        try db.run(
            """
            UPDATE issue SET
                event_type = ?, level = ?, platform = ?, is_handled = ?, type = ?, value = ?, culprit = ?,
                location = ?, environment = ?, release = ?, "transaction" = ?
            WHERE id = ?
            """, Self.facts(of: event) + [issue])
    }

    func find(_ id: IssueID) throws -> Issue? {
        try db.row("\(Self.select) WHERE issue.id = ?", [id.value]).map(Self.issue)
    }

    func find(_ shortID: ShortID) throws -> Issue? {
        try db.row("\(Self.select) WHERE short_id = ?", [shortID.description]).map(Self.issue)
    }

    private static func facts(of event: GroupedEvent) -> StatementArguments {
        let facts = event.facts
        return [
            event.type.rawValue, event.level.rawValue, event.platform, facts.isHandled, facts.type, facts.value,
            facts.culprit, facts.location, facts.environment, facts.release, facts.transaction,
        ]
    }

    private static let select = """
        SELECT issue.id, short_prefix, number, project.id, slug, event_type, level, issue.platform, status,
            first_seen, last_seen, event_count, user_count, is_unhandled,
            type, value, culprit, location, is_handled, environment, release, "transaction"
        FROM issue JOIN project ON project.id = issue.project
        """

    private static func issue(_ row: Row) -> Issue {
        Issue(
            id: IssueID(row[0]), shortID: ShortID(prefix: row[1], number: row[2]), project: ProjectID(row[3]),
            projectSlug: row[4], facts: facts(row), level: Level(rawValue: row[6]) ?? .error, platform: row[7],
            type: EventType(rawValue: row[5]) ?? .error, status: IssueStatus(rawValue: row[8]) ?? .unresolved,
            firstSeen: Timestamp(microseconds: row[9]), lastSeen: Timestamp(microseconds: row[10]),
            eventCount: row[11], userCount: row[12], isUnhandled: row[13])
    }

    private static func facts(_ row: Row) -> EventFacts {
        EventFacts(
            type: row[14], value: row[15], culprit: row[16], location: row[17], isHandled: row[18],
            environment: row[19], release: row[20], transaction: row[21])
    }
}
