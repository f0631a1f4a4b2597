// What projects say about grouping.

import FlycatcherWire
import GRDB
import Model

/// Table `project_grouping`.
struct GroupingTable {
    let db: Database

    func all() throws -> [ProjectID: GroupingSettings] {
        let rows = try db.rows("SELECT project, \(Self.columns) FROM project_grouping", []) { row in
            (ProjectID(row[0]), Self.settings(row))
        }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    func insert(_ settings: GroupingSettings, of project: ProjectID) throws {
        try db.run(
            "INSERT INTO project_grouping (project, \(Self.columns)) VALUES (?, ?, ?, ?, ?, ?)",
            [project.value] + Self.values(settings))
    }

    /// Says whether the project is there.
    func update(_ settings: GroupingSettings, of project: ProjectID) throws -> Bool {
        try db.run(
            "UPDATE project_grouping SET (\(Self.columns)) = (?, ?, ?, ?, ?) WHERE project = ?",
            Self.values(settings) + [project.value])
        return db.changesCount > 0
    }

    private static let columns =
        "algorithm, fingerprint_rules, stack_rules, earlier_algorithm, earlier_until"

    private static func settings(_ row: Row) -> GroupingSettings {
        var settings = GroupingSettings(algorithm: row[1], fingerprintRules: row[2], stackRules: row[3])
        if let algorithm = row[4] as String?, let until = row[5] as Int64? {
            settings.transition = .init(from: algorithm, until: Timestamp(microseconds: until))
        }
        return settings
    }

    private static func values(_ settings: GroupingSettings) -> StatementArguments {
        [
            settings.algorithm, settings.fingerprintRules, settings.stackRules, settings.transition?.from,
            settings.transition?.until.microseconds,
        ]
    }
}
