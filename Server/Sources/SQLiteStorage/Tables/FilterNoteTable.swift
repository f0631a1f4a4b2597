// The last event that each filter has kept out.

import FlycatcherWire
import GRDB
import Model

/// Table `filter_note`.
struct FilterNoteTable {
    let db: Database

    func set(_ note: FilterNote) throws {
        try db.run(
            """
            INSERT INTO filter_note (project, filter, title, noted_at)
            SELECT id, ?, ?, ? FROM project WHERE id = ?
            ON CONFLICT DO UPDATE SET title = excluded.title, noted_at = excluded.noted_at
            """, [note.filter.rawValue, note.title, note.at.microseconds, note.project.value])
    }

    func all(of project: ProjectID) throws -> [FilterNote] {
        try db.rows(
            "SELECT filter, title, noted_at FROM filter_note WHERE project = ?", [project.value]
        ) { row in
            FilterID(rawValue: row[0]).map { filter in
                FilterNote(
                    project: project, filter: filter, title: row[1], at: Timestamp(microseconds: row[2]))
            }
        }.compactMap { $0 }
    }
}
