// What projects say about how their events are taken in.

import FlycatcherWire
import Foundation
import GRDB
import Model

/// Table `project_settings`.
struct SettingsTable {
    let db: Database

    func all() throws -> [ProjectID: ProjectSettings] {
        let rows = try db.rows("SELECT project, settings FROM project_settings", []) { row in
            (ProjectID(row[0]), try Self.settings(row[1]))
        }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    /// What a project says; nil as long as it has never said anything.
    func settings(of project: ProjectID) throws -> ProjectSettings? {
        try db.row("SELECT settings FROM project_settings WHERE project = ?", [project.value])
            .map { try Self.settings($0[0]) }
    }

    func set(_ settings: ProjectSettings, of project: ProjectID) throws {
        let document = String(decoding: try JSONEncoder().encode(settings), as: UTF8.self)
        try db.run(
            """
            INSERT INTO project_settings (project, settings) VALUES (?, ?)
            ON CONFLICT DO UPDATE SET settings = excluded.settings
            """, [project.value, document])
    }

    private static func settings(_ document: String) throws -> ProjectSettings {
        try JSONDecoder().decode(ProjectSettings.self, from: Data(document.utf8))
    }
}
