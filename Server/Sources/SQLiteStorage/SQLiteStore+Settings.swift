// Reading and changing what projects say about how their events are taken in.

import GRDB
public import Model

extension SQLiteStore {
    /// Reads the settings of the projects in which anything was ever set.
    public func projectSettings() async throws -> [ProjectID: ProjectSettings] {
        try await read { try SettingsTable(db: $0).all() }
    }

    /// Changes the settings of a project with nobody else's change in between.
    public func changeSettings(
        of project: ProjectID, _ change: @Sendable (inout ProjectSettings) -> Void
    ) async throws -> ProjectSettings {
        try await changeProjects { db in
            guard try ProjectTable(db: db).head(of: project) != nil else {
                throw StoreError.missing("project \(project)")
            }
            let table = SettingsTable(db: db)
            var settings = try table.settings(of: project) ?? ProjectSettings()
            change(&settings)
            try table.set(settings, of: project)
            return settings
        }
    }
}
