// Finds and removes what is too old of issues.

import FlycatcherWire
import GRDB
import Model

/// What an issue has that ages: events, hours, days, and in the end itself.
struct IssueAging {
    let db: Database

    /// So many issues are looked at in one read.
    private static let pieceSize = 1000

    /// Looks through the next issues.
    ///
    /// Each question is one step in an index, so that a hundred thousand issues take a second, in a hundred pieces.
    func aged(
        after issue: IssueID?, _ cutoffs: [ProjectID: RetentionCutoffs]
    ) throws -> (issues: [IssueID], next: IssueID?) {
        let piece = try db.rows(
            """
            SELECT id, project, status, last_seen FROM issue
            WHERE id > ? AND id \(IssueDepartures.hidesDeparting) ORDER BY id LIMIT ?
            """, [issue?.value ?? 0, Self.pieceSize]
        ) { row in
            (
                id: IssueID(row[0]), project: ProjectID(row[1]), status: row[2] as String,
                lastSeen: row[3] as Int64
            )
        }
        let found = try piece.filter { issue in
            guard let cutoffs = cutoffs[issue.project] else { return false }
            return try isAged(issue.id, cutoffs) || isOver(issue.id, issue.status, issue.lastSeen, cutoffs)
        }
        return (found.map(\.id), piece.count == Self.pieceSize ? piece.last?.id : nil)
    }

    /// Removes a piece of what is too old.
    func remove(from issue: IssueID, _ cutoffs: RetentionCutoffs, limit: Int) throws -> RemovedEvents {
        let rows: [Int64] = try db.rows(
            "SELECT id FROM event WHERE issue = ? AND timestamp < ? ORDER BY timestamp, id LIMIT ?",
            [issue.value, cutoffs.events.microseconds, limit]
        ) { $0[0] }
        let count = try EventRemoval(db: db).remove(rows)
        guard rows.count < limit else { return RemovedEvents(count: count, hasMore: true) }
        try foldHours(of: issue, before: cutoffs.hour)
        try db.run("DELETE FROM issue_day WHERE issue = ? AND day < ?", [issue.value, cutoffs.day])
        if let row = try db.row("SELECT status, last_seen FROM issue WHERE id = ?", [issue.value]),
            try isOver(issue, row[0], row[1], cutoffs)
        {
            try IssueDepartures(db: db).begin(issue)
        }
        return RemovedEvents(count: count, hasMore: false)
    }

    private func isAged(_ issue: IssueID, _ cutoffs: RetentionCutoffs) throws -> Bool {
        let questions: [(String, Int64)] = [
            ("SELECT 1 FROM event WHERE issue = ? AND timestamp < ? LIMIT 1", cutoffs.events.microseconds),
            ("SELECT 1 FROM issue_hour WHERE issue = ? AND hour < ? LIMIT 1", cutoffs.hour),
            ("SELECT 1 FROM issue_day WHERE issue = ? AND day < ? LIMIT 1", cutoffs.day),
        ]
        return try questions.contains { try db.number($0.0, [issue.value, $0.1]) != nil }
    }

    /// Whether nobody has to do anything about an issue, and nothing of it is left or has happened for that long.
    private func isOver(
        _ issue: IssueID, _ status: String, _ lastSeen: Int64, _ cutoffs: RetentionCutoffs
    ) throws -> Bool {
        guard status != IssueStatus.unresolved.rawValue, lastSeen < cutoffs.events.microseconds else {
            return false
        }
        return try db.number("SELECT 1 FROM event WHERE issue = ? LIMIT 1", [issue.value]) == nil
    }

    private func foldHours(of issue: IssueID, before hour: Int64) throws {
        try db.run(
            """
            INSERT INTO issue_day (issue, day, count)
            SELECT issue, hour / 24, sum(count) FROM issue_hour WHERE issue = ? AND hour < ? GROUP BY hour / 24
            ON CONFLICT DO UPDATE SET count = count + excluded.count
            """, [issue.value, hour])
        try db.run("DELETE FROM issue_hour WHERE issue = ? AND hour < ?", [issue.value, hour])
    }
}
