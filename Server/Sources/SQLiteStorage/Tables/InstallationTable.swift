// The one row of counters that would be slow to count.

import GRDB

/// Table `installation`.
struct InstallationTable {
    let db: Database

    func projectsVersion() throws -> Int64 {
        try db.number("SELECT projects_version FROM installation", []) ?? 0
    }

    /// Tells every process that projects or keys are not what they were.
    func projectsChanged() throws {
        try db.run("UPDATE installation SET projects_version = projects_version + 1", [])
    }

    func add(events: Int64, issues: Int64) throws {
        try db.run(
            "UPDATE installation SET event_count = event_count + ?, issue_count = issue_count + ?",
            [events, issues])
    }

    /// The files that attachments have, each once.
    func files() throws -> (count: Int64, bytes: Int64) {
        guard let row = try db.row("SELECT file_count, file_bytes FROM installation", []) else {
            return (0, 0)
        }
        return (row[0], row[1])
    }

    func counts() throws -> (events: Int64, issues: Int64) {
        guard let row = try db.row("SELECT event_count, issue_count FROM installation", []) else {
            return (0, 0)
        }
        return (row[0], row[1])
    }
}
