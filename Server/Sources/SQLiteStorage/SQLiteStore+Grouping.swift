// Changing which events belong together.

public import FlycatcherWire
import GRDB
public import Model

extension SQLiteStore {
    /// Reads what each project says about grouping.
    public func groupingSettings() async throws -> [ProjectID: GroupingSettings] {
        try await read { try GroupingTable(db: $0).all() }
    }

    /// Replaces what a project says, and tells every process.
    public func setGroupingSettings(_ settings: GroupingSettings, of project: ProjectID) async throws {
        try await changeProjects { db in
            guard try GroupingTable(db: db).update(settings, of: project) else {
                throw StoreError.missing("project \(project)")
            }
        }
    }

    /// Lists the hashes that an issue owns.
    public func hashes(of issue: IssueID) async throws -> [GroupingHash] {
        try await read { try IssueHashTable(db: $0).all(of: issue) }
    }

    /// Gives an issue hashes that nobody owns, and says who owns the others.
    public func attach(_ hashes: [GroupingHash], to issue: IssueID) async throws -> [IssueID] {
        try await write { db in
            guard let project = try IssueDepartures(db: db).ranked([issue]).first?.project else { return [] }
            var others: [IssueID] = []
            for hash in hashes {
                let table = IssueHashTable(db: db)
                guard let owner = try table.owner(of: hash, in: project) else {
                    try table.insert(hash, in: project, issue: issue)
                    continue
                }
                if owner != issue, !others.contains(owner) { others.append(owner) }
            }
            return others
        }
    }

    /// Makes one issue of several; what is large of the others follows in pieces.
    public func merge(_ issues: [IssueID]) async throws -> IssueID {
        try await write { db in
            let departures = IssueDepartures(db: db)
            let ranked = try departures.ranked(Array(Set(issues)))
            guard let target = ranked.first else { throw StoreError.missing("an issue to merge") }
            guard ranked.allSatisfy({ $0.project == target.project }) else {
                throw StoreError.conflict("an issue of another project")
            }
            for source in ranked.dropFirst() { try departures.begin(source.id, into: target.id) }
            for _ in ranked.dropFirst() { _ = try departures.advance() }
            return target.id
        }
    }

    /// Removes an issue; its events follow in pieces.
    public func delete(_ issue: IssueID) async throws {
        try await write { db in
            let departures = IssueDepartures(db: db)
            _ = try departures.ranked([issue])
            try departures.begin(issue)
            _ = try departures.advance()
        }
    }

    /// Removes an issue like ``delete(_:)``, and refuses later events.
    public func discard(_ issue: IssueID, at moment: Timestamp) async throws {
        try await write { db in
            let departures = IssueDepartures(db: db)
            _ = try departures.ranked([issue])
            try IssueHashTable(db: db).discardAll(of: issue, at: moment)
            try departures.begin(issue)
            _ = try departures.advance()
        }
    }

    /// Moves one more piece of what issues left behind.
    public func continueDepartures() async throws -> Bool {
        try await write { try IssueDepartures(db: $0).advance() }
    }
}
