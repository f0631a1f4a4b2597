// Projects.

import FlycatcherWire
import GRDB
import Model

/// Table `project`.
struct ProjectTable {
    let db: Database

    func all() throws -> [Project] {
        try db.rows(
            """
            SELECT id, slug, name, platform, short_prefix, created_at, first_event_at FROM project ORDER BY id
            """, [], Self.project)
    }

    func allIDs() throws -> [ProjectID] {
        try db.rows("SELECT id FROM project ORDER BY id", []) { ProjectID($0[0]) }
    }

    func count() throws -> Int64 {
        try db.number("SELECT count(*) FROM project", []) ?? 0
    }

    func hasSlug(_ slug: String) throws -> Bool {
        try db.number("SELECT 1 FROM project WHERE slug = ?", [slug]) != nil
    }

    func hasShortPrefix(_ prefix: String) throws -> Bool {
        try db.number("SELECT 1 FROM project WHERE short_prefix = ?", [prefix]) != nil
    }

    /// What recording an event needs to know of its project; nil when there is none.
    func head(of project: ProjectID) throws -> (shortPrefix: String, hasEvents: Bool)? {
        let sql = "SELECT short_prefix, first_event_at IS NOT NULL FROM project WHERE id = ?"
        return try db.row(sql, [project.value]).map { ($0[0], $0[1]) }
    }

    func insert(
        slug: String, shortPrefix: String, draft: ProjectDraft, at moment: Timestamp
    ) throws -> Project {
        try db.run(
            "INSERT INTO project (slug, name, platform, short_prefix, created_at) VALUES (?, ?, ?, ?, ?)",
            [slug, draft.name, draft.platform, shortPrefix, moment.microseconds])
        return Project(
            id: ProjectID(db.lastInsertedRowID), slug: slug, name: draft.name, platform: draft.platform,
            shortPrefix: shortPrefix, createdAt: moment, firstEventAt: nil)
    }

    /// The next number for an issue of the project.
    func takeIssueNumber(of project: ProjectID) throws -> Int64 {
        try db.run("UPDATE project SET issue_counter = issue_counter + 1 WHERE id = ?", [project.value])
        return try db.number("SELECT issue_counter FROM project WHERE id = ?", [project.value]) ?? 0
    }

    func setFirstEvent(of project: ProjectID, at moment: Timestamp) throws {
        try db.run(
            "UPDATE project SET first_event_at = ? WHERE id = ?", [moment.microseconds, project.value])
    }

    private static func project(_ row: Row) -> Project {
        Project(
            id: ProjectID(row[0]), slug: row[1], name: row[2], platform: row[3], shortPrefix: row[4],
            createdAt: Timestamp(microseconds: row[5]),
            firstEventAt: (row[6] as Int64?).map { Timestamp(microseconds: $0) })
    }
}
