// Making and listing projects and their keys.

public import FlycatcherWire
import GRDB
public import Model

extension SQLiteStore {
    /// Makes a project with a key, under names that nobody has.
    public func createProject(
        _ draft: ProjectDraft, at moment: Timestamp
    ) async throws -> (Project, ProjectKey) {
        try await changeProjects { db in
            let table = ProjectTable(db: db)
            let slug = try Self.freeSlug(draft.slug, table)
            let prefix = try Self.freeShortPrefix(for: slug, table)
            let project = try table.insert(slug: slug, shortPrefix: prefix, draft: draft, at: moment)
            try GroupingTable(db: db).insert(GroupingSettings(), of: project.id)
            let key = try ProjectKeyTable(db: db).insert(
                Self.randomPublicKey(), label: "Default", of: project.id, at: moment)
            return (project, key)
        }
    }

    /// Lists all projects, oldest first.
    public func projects() async throws -> [Project] {
        try await read { try ProjectTable(db: $0).all() }
    }

    /// Reads the number that grows with every change to projects and keys, whoever makes it.
    public func projectsVersion() async throws -> Int64 {
        try await read { try InstallationTable(db: $0).projectsVersion() }
    }

    private static func freeSlug(_ slug: String, _ table: ProjectTable) throws -> String {
        try firstFree(of: slug, joinedBy: "-") { try table.hasSlug($0) }
    }

    /// `FLY` for the first project; for others the first letters of the slug.
    private static func freeShortPrefix(for slug: String, _ table: ProjectTable) throws -> String {
        guard try table.count() > 0 else { return "FLY" }
        let letters = slug.uppercased().filter { $0.isASCII && $0.isLetter }.prefix(4)
        return try firstFree(of: letters.count < 3 ? "PRJ" : String(letters), joinedBy: "") {
            try table.hasShortPrefix($0)
        }
    }

    /// The name itself, or with the first number from 2 on with which nobody has it.
    private static func firstFree(
        of name: String, joinedBy joint: String, isTaken: (String) throws -> Bool
    ) throws -> String {
        guard try isTaken(name) else { return name }
        var number = 2
        while try isTaken("\(name)\(joint)\(number)") { number += 1 }
        return "\(name)\(joint)\(number)"
    }
}
