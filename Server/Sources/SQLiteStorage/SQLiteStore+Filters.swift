// What filters have kept out, and what became of everything over time.

import GRDB
public import Model

extension SQLiteStore {
    /// Notes the last events that filters have kept out; those of projects that are gone are forgotten.
    public func note(_ notes: [FilterNote]) async throws {
        guard !notes.isEmpty else { return }
        try await write { db in
            let table = FilterNoteTable(db: db)
            for note in notes { try table.set(note) }
        }
    }

    /// Reads the last event of each filter of a project.
    public func filterNotes(of project: ProjectID) async throws -> [FilterNote] {
        try await read { try FilterNoteTable(db: $0).all(of: project) }
    }

    /// Sums outcomes by span.
    public func outcomes(of project: ProjectID?, in spans: HourSpans) async throws -> [OutcomeSlice] {
        try await read { try OutcomeTable(db: $0).slices(of: project, in: spans) }
    }
}
