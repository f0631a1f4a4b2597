// Taking hashes out of issues, and moving events to where they belong.

import GRDB
public import Model

extension SQLiteStore {
    /// Makes an issue of some of another's hashes, and puts the other in line to be regrouped.
    public func unmerge(_ hashes: [GroupingHash], from issue: IssueID) async throws -> IssueID {
        try await write { db in
            guard let project = try IssueDepartures(db: db).ranked([issue]).first?.project else {
                throw StoreError.missing("issue \(issue)")
            }
            let table = IssueHashTable(db: db)
            let owned = Set(try table.all(of: issue))
            if let foreign = hashes.first(where: { !owned.contains($0) }) {
                throw StoreError.missing("hash \(foreign) of issue \(issue)")
            }
            guard !hashes.isEmpty, Set(hashes).count < owned.count else {
                throw StoreError.missing("a hash to take away, or one that stays,")
            }
            let new = try IssueTable(db: db).insertCopy(of: issue, in: ProjectID(project))
            for hash in hashes { try table.move(hash, in: project, to: new) }
            try RegroupingTable(db: db).insert(issue, splits: false)
            return new
        }
    }

    /// Puts all issues of a project in line to be regrouped.
    public func regroup(_ project: ProjectID) async throws {
        try await write { try RegroupingTable(db: $0).insertAll(of: project) }
    }

    /// Counts the issues of a project that are in line.
    public func regroupingCount(of project: ProjectID) async throws -> Int {
        Int(try await read { try RegroupingTable(db: $0).count(of: project) })
    }

    /// Reads the next events of the issue that is in front.
    public func nextRegrouping(limit: Int) async throws -> RegroupingBatch? {
        let limit = min(max(limit, 1), Self.maximumBatch)
        let found = try await read { db in
            try RegroupingTable(db: db).first().map { state in
                (state, try Self.events(of: state, limit: limit, db))
            }
        }
        guard let (state, events) = found else { return nil }
        let entries = events.map { event in
            // What is damaged cannot be grouped and stays where it is; the others must not wait for it.
            let json = (try? Self.unpacked(event.body)) ?? []
            return RegroupingBatch.Entry(event: event.row.summary, json: json, row: event.row.id)
        }
        return RegroupingBatch(
            issue: state.issue, project: state.project, step: state.step, splits: state.splits,
            entries: entries, isLast: entries.count < limit,
            after: (moment: state.after.timestamp, row: state.after.id))
    }

    /// Moves or counts the events of a batch, unless somebody else has done so.
    public func regroup(_ batch: RegroupingBatch, as events: [GroupedEvent?]) async throws {
        try await write { db in
            guard let state = try RegroupingTable(db: db).state(of: batch.issue), state.step == batch.step,
                state.after.timestamp == batch.after.moment, state.after.id == batch.after.row
            else { return }
            var placing = EventPlacing(db, state)
            try placing.apply(batch, as: events)
        }
    }

    private static func events(
        of state: RegroupingTable.State, limit: Int, _ db: Database
    ) throws -> [EventTable.PackedEvent] {
        let events = EventTable(db: db)
        return switch state.step {
        case .choose: try events.packed(newestOf: state.issue, limit: limit)
        case .place, .count:
            try events.packed(of: state.issue, after: state.after, upTo: state.lastRow, limit: limit)
        case .forget: []
        }
    }

    /// Bodies of at most a megabyte each are unpacked at once.
    private static let maximumBatch = 50
}
