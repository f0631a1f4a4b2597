// Making, changing and removing the client keys of projects.

public import FlycatcherWire
import GRDB
public import Model

extension SQLiteStore {
    /// Lists all client keys, oldest first.
    public func projectKeys() async throws -> [ProjectKey] {
        try await read { try ProjectKeyTable(db: $0).all() }
    }

    /// Makes a further key of a project.
    public func createKey(
        label: String, of project: ProjectID, at moment: Timestamp
    ) async throws -> ProjectKey {
        try await changeProjects { db in
            guard try ProjectTable(db: db).head(of: project) != nil else {
                throw StoreError.missing("project \(project)")
            }
            let table = ProjectKeyTable(db: db)
            guard try table.count(of: project) < ProjectKey.maximumCount else {
                throw StoreError.conflict("key number \(ProjectKey.maximumCount) of project \(project)")
            }
            return try table.insert(Self.randomPublicKey(), label: label, of: project, at: moment)
        }
    }

    /// Changes a key with nobody else's change in between.
    public func changeKey(
        _ key: Int64, of project: ProjectID, _ change: @Sendable (inout ProjectKey) -> Void
    ) async throws -> ProjectKey {
        try await changeProjects { db in
            let table = ProjectKeyTable(db: db)
            guard var changed = try table.key(key, of: project) else {
                throw StoreError.missing("key \(key)")
            }
            change(&changed)
            try table.update(changed)
            return changed
        }
    }

    /// Removes a key; what was counted for it stays counted.
    public func deleteKey(_ key: Int64, of project: ProjectID) async throws {
        try await changeProjects { db in
            guard try ProjectKeyTable(db: db).delete(key, of: project) else {
                throw StoreError.missing("key \(key)")
            }
        }
    }

    static func randomPublicKey() -> String {
        var generator = SystemRandomNumberGenerator()
        return EventID(value: UInt128(generator.next()) << 64 | UInt128(generator.next())).description
    }
}
