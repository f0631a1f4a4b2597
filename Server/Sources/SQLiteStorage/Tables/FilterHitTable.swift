// What each pattern of a filter has found, by the hour.

import FlycatcherWire
import GRDB
import Model

/// Tables `filter_hit` and `filter_hit_hour`.
struct FilterHitTable {
    let db: Database

    /// Adds to a pattern, and forgets what is older than a week or of patterns that nothing fits any more.
    func add(_ note: FilterNote) throws {
        guard let hit = try place(of: note) else { return }
        try db.run(
            """
            INSERT INTO filter_hit_hour (hit, hour, count) VALUES (?, ?, ?)
            ON CONFLICT DO UPDATE SET count = count + excluded.count
            """, [hit, note.at.hour, note.count])
        try db.run(
            "DELETE FROM filter_hit_hour WHERE hit = ? AND hour <= ?",
            [hit, note.at.hour - FilterTally.weekHours])
    }

    /// The row of a pattern, which learns what was found last; nil when there is no such project.
    private func place(of note: FilterNote) throws -> Int64? {
        let place: StatementArguments = [note.project.value, note.filter.rawValue, note.pattern]
        let known = try db.number(
            "SELECT id FROM filter_hit WHERE project = ? AND filter = ? AND pattern = ?", place)
        if let known {
            try db.run(
                "UPDATE filter_hit SET title = iif(? = '', title, ?), noted_at = ? WHERE id = ?",
                [note.title, note.title, note.at.microseconds, known])
            return known
        }
        try db.run(
            """
            INSERT INTO filter_hit (project, filter, pattern, title, noted_at)
            SELECT id, ?, ?, ?, ? FROM project WHERE id = ?
            """,
            [note.filter.rawValue, note.pattern, note.title, note.at.microseconds, note.project.value])
        guard db.changesCount > 0 else { return nil }
        let added = db.lastInsertedRowID
        try removeOldest(of: note.filter, in: note.project)
        return added
    }

    private func removeOldest(of filter: FilterID, in project: ProjectID) throws {
        try db.run(
            """
            DELETE FROM filter_hit WHERE id IN (
                SELECT id FROM filter_hit WHERE project = ? AND filter = ?
                ORDER BY noted_at DESC, id DESC LIMIT -1 OFFSET ?)
            """, [project.value, filter.rawValue, FilterTally.maximumCount])
    }

    /// What was found of a project in the day and the week up to a moment.
    func tallies(of project: ProjectID, at moment: Timestamp) throws -> [FilterTally] {
        let sql = """
            SELECT filter, pattern, title, noted_at,
                coalesce((SELECT sum(count) FROM filter_hit_hour WHERE hit = id AND hour > ?), 0),
                coalesce((SELECT sum(count) FROM filter_hit_hour WHERE hit = id AND hour > ?), 0)
            FROM filter_hit WHERE project = ?
            """
        let arguments: StatementArguments = [
            moment.hour - FilterTally.dayHours, moment.hour - FilterTally.weekHours, project.value,
        ]
        return try db.rows(sql, arguments) { row in
            FilterID(rawValue: row[0]).map { filter in
                FilterTally(
                    filter: filter, pattern: row[1], dayCount: row[4], weekCount: row[5], title: row[2],
                    at: Timestamp(microseconds: row[3]))
            }
        }.compactMap { $0 }
    }
}
