// Issues as people see them.

import FlycatcherWire
import GRDB
import Model

/// Table `issue`.
struct IssueTable {
    let db: Database

    func find(_ id: IssueID) throws -> Issue? {
        try db.row("\(Self.select) WHERE issue.id = ? AND \(Self.isThere)", [id.value]).map(Self.issue)
    }

    func find(_ shortID: ShortID) throws -> Issue? {
        try db.row("\(Self.select) WHERE short_id = ? AND \(Self.isThere)", [shortID.description]).map(
            Self.issue)
    }

    /// Makes an issue without events that shows what another one shows, until it has one of its own.
    func insertCopy(of issue: IssueID, in project: ProjectID) throws -> IssueID {
        let projects = ProjectTable(db: db)
        guard let head = try projects.head(of: project) else {
            throw StoreError.missing("project \(project)")
        }
        let number = try projects.takeIssueNumber(of: project)
        let shortID = ShortID(prefix: head.shortPrefix, number: number)
        try db.run(
            """
            INSERT INTO issue (
                project, number, short_id, first_seen, last_seen, event_count, user_count, tag_key_count,
                is_unhandled, level, event_type, platform, is_handled, type, value, culprit, location,
                environment, release, "transaction"
            )
            SELECT project, ?, ?, first_seen, first_seen, 0, 0, 0, 0, level, event_type, platform, is_handled, type,
                value, culprit, location, environment, release, "transaction"
            FROM issue WHERE id = ?
            """, [number, shortID.description, issue.value])
        let id = db.lastInsertedRowID
        try InstallationTable(db: db).add(events: 0, issues: 1)
        return IssueID(id)
    }

    private static let isThere = "issue.id \(IssueDepartures.hidesDeparting)"

    private static let select = """
        SELECT issue.id, short_prefix, number, project.id, slug, event_type, level, issue.platform, status,
            first_seen, last_seen, event_count, user_count, is_unhandled,
            type, value, culprit, location, is_handled, environment, release, "transaction", unkept_count
        FROM issue JOIN project ON project.id = issue.project
        """

    private static func issue(_ row: Row) -> Issue {
        Issue(
            id: IssueID(row[0]), shortID: ShortID(prefix: row[1], number: row[2]), project: ProjectID(row[3]),
            projectSlug: row[4], facts: facts(row), level: Level(rawValue: row[6]) ?? .error,
            platform: row[7],
            type: EventType(rawValue: row[5]) ?? .error, status: IssueStatus(rawValue: row[8]) ?? .unresolved,
            firstSeen: Timestamp(microseconds: row[9]), lastSeen: Timestamp(microseconds: row[10]),
            eventCount: row[11], userCount: row[12], isUnhandled: row[13], unkeptCount: row[22])
    }

    private static func facts(_ row: Row) -> EventFacts {
        EventFacts(
            type: row[14], value: row[15], culprit: row[16], location: row[17], isHandled: row[18],
            environment: row[19], release: row[20], transaction: row[21])
    }
}
