// What the stored events of each project take.

import GRDB
import Model

/// Table `project_usage`: counters that would be slow to count.
struct UsageTable {
    let db: Database

    /// What an event takes beside its body: its row's head and its places in indexes.
    static let bytesAround: Int64 = 512

    func report() throws -> UsageReport {
        let projects = try db.rows(
            "SELECT project, event_count, byte_count, file_count, file_bytes FROM project_usage", []
        ) { row in
            let usage = StorageUsage(events: row[1], bytes: row[2], files: row[3], fileBytes: row[4])
            return (ProjectID(row[0]), usage)
        }
        let files = try InstallationTable(db: db).files()
        return UsageReport(Dictionary(uniqueKeysWithValues: projects), files: files)
    }

    /// Takes removed events off; triggers take their files off.
    func subtract(_ usage: StorageUsage, from project: ProjectID) throws {
        try db.run(
            """
            UPDATE project_usage SET event_count = max(0, event_count - ?), byte_count = max(0, byte_count - ?)
            WHERE project = ?
            """, [usage.events, usage.bytes, project.value])
    }
}

/// What the recorder does with table `project_usage`, once a batch and project.
struct UsageWriter {
    let statements: HotStatements

    func add(_ usage: StorageUsage, to project: ProjectID) throws {
        try statements.run(
            """
            INSERT INTO project_usage (project, event_count, byte_count) VALUES (?, ?, ?)
            ON CONFLICT DO UPDATE SET
                event_count = event_count + excluded.event_count, byte_count = byte_count + excluded.byte_count
            """, .integer(project.value), .integer(usage.events), .integer(usage.bytes))
    }
}
