// What filters have found, and what became of everything over time.

public import FlycatcherWire
import GRDB
public import Model

extension SQLiteStore {
    /// Adds to what filters have found; what is of no project is forgotten.
    public func note(_ notes: [FilterNote]) async throws {
        guard !notes.isEmpty else { return }
        try await write { db in
            let table = FilterHitTable(db: db)
            for note in notes { try table.add(note) }
        }
    }

    /// Sums what the filters of a project have found lately.
    public func filterTallies(of project: ProjectID, at moment: Timestamp) async throws -> [FilterTally] {
        try await read { try FilterHitTable(db: $0).tallies(of: project, at: moment) }
    }

    /// Sums outcomes by span.
    public func outcomes(of project: ProjectID?, in spans: HourSpans) async throws -> [OutcomeSlice] {
        try await read { try OutcomeTable(db: $0).slices(of: project, in: spans) }
    }
}
