// The client keys of projects.

import FlycatcherWire
import GRDB
import Model

/// Table `project_key`.
struct ProjectKeyTable {
    let db: Database

    func all() throws -> [ProjectKey] {
        try db.rows(
            "SELECT id, project, created_at, \(Self.columns) FROM project_key ORDER BY id", [], Self.key)
    }

    /// One key of a project; nil when it has no such key.
    func key(_ id: Int64, of project: ProjectID) throws -> ProjectKey? {
        try db.row(
            "SELECT id, project, created_at, \(Self.columns) FROM project_key WHERE id = ? AND project = ?",
            [id, project.value]
        ).map(Self.key)
    }

    func count(of project: ProjectID) throws -> Int64 {
        try db.number("SELECT count(*) FROM project_key WHERE project = ?", [project.value]) ?? 0
    }

    func insert(
        _ publicKey: String, label: String, of project: ProjectID, at moment: Timestamp
    ) throws -> ProjectKey {
        try db.run(
            "INSERT INTO project_key (project, public_key, label, is_enabled, created_at) VALUES (?, ?, ?, 1, ?)",
            [project.value, publicKey, label, moment.microseconds])
        return ProjectKey(
            id: db.lastInsertedRowID, project: project, publicKey: publicKey, label: label, isEnabled: true,
            createdAt: moment)
    }

    func update(_ key: ProjectKey) throws {
        try db.run(
            """
            UPDATE project_key SET label = ?, is_enabled = ?, ends_at = ?, limit_count = ?, limit_seconds = ?
            WHERE id = ?
            """,
            [
                key.label, key.isEnabled, key.endsAt?.microseconds, key.limit?.count,
                key.limit?.windowSeconds,
                key.id,
            ])
    }

    /// Says whether there was such a key.
    func delete(_ id: Int64, of project: ProjectID) throws -> Bool {
        try db.run("DELETE FROM project_key WHERE id = ? AND project = ?", [id, project.value])
        return db.changesCount > 0
    }

    private static let columns = "public_key, label, is_enabled, ends_at, limit_count, limit_seconds"

    private static func key(_ row: Row) -> ProjectKey {
        var limit: KeyLimit?
        if let count = row[7] as Int64?, let seconds = row[8] as Int64? {
            limit = KeyLimit(count: count, windowSeconds: seconds)
        }
        return ProjectKey(
            id: row[0], project: ProjectID(row[1]), publicKey: row[3], label: row[4], isEnabled: row[5],
            createdAt: Timestamp(microseconds: row[2]), limit: limit,
            endsAt: (row[6] as Int64?).map { Timestamp(microseconds: $0) })
    }
}
