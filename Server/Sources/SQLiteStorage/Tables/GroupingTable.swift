// What projects say about grouping.

import GRDB
import Model

/// Table `project_grouping`.
struct GroupingTable {
    let db: Database

    func all() throws -> [ProjectID: GroupingSettings] {
        let sql = "SELECT project, algorithm, fingerprint_rules, stack_rules FROM project_grouping"
        let rows = try db.rows(sql, []) { row in
            (
                ProjectID(row[0]),
                GroupingSettings(algorithm: row[1], fingerprintRules: row[2], stackRules: row[3])
            )
        }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    func insert(_ settings: GroupingSettings, of project: ProjectID) throws {
        try db.run(
            "INSERT INTO project_grouping (project, algorithm, fingerprint_rules, stack_rules) VALUES (?, ?, ?, ?)",
            [project.value, settings.algorithm, settings.fingerprintRules, settings.stackRules])
    }

    /// Says whether the project is there.
    func update(_ settings: GroupingSettings, of project: ProjectID) throws -> Bool {
        try db.run(
            "UPDATE project_grouping SET algorithm = ?, fingerprint_rules = ?, stack_rules = ? WHERE project = ?",
            [settings.algorithm, settings.fingerprintRules, settings.stackRules, project.value])
        return db.changesCount > 0
    }
}
