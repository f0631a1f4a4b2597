// What became of what was sent, by the hour.

import GRDB
import Model

/// Table `outcome`.
struct OutcomeTable {
    let db: Database

    /// Sums since an hour; of one project or of all.
    func totals(of project: ProjectID?, sinceHour hour: Int64) throws -> [OutcomeTotal] {
        let projects = try project.map { [$0.value] } ?? self.projects()
        return try projects.flatMap { try totals(of: $0, sinceHour: hour) }
    }

    /// A project with outcomes from before an hour, and the first hour of these.
    func oldest(before hour: Int64) throws -> (project: Int64, hour: Int64)? {
        for project in try projects() {
            let first = try db.number("SELECT min(hour) FROM outcome WHERE project = ?", [project])
            if let first, first < hour { return (project, first) }
        }
        return nil
    }

    func remove(of project: Int64, before hour: Int64) throws {
        try db.run("DELETE FROM outcome WHERE project = ? AND hour < ?", [project, hour])
    }

    /// Sums by span, of one project or of all; spans without outcomes are left out.
    func slices(of project: ProjectID?, in spans: HourSpans) throws -> [OutcomeSlice] {
        let projects = try project.map { [$0.value] } ?? self.projects()
        return try projects.flatMap { try slices(of: $0, in: spans) }
    }

    /// What was accepted, events alone unless it is asked of a key.
    func accepted(in range: AcceptedRange) throws -> AcceptedSum {
        let projects = try range.project.map { [$0.value] } ?? self.projects()
        var (count, lastHour): (Int64, Int64?) = (0, nil)
        for project in projects {
            let sum = try accepted(of: project, range)
            count += sum.count
            lastHour = [lastHour, sum.lastHour].compactMap(\.self).max()
        }
        return AcceptedSum(count: count, lastHour: lastHour)
    }

    private func accepted(of project: Int64, _ range: AcceptedRange) throws -> AcceptedSum {
        let sql = """
            SELECT coalesce(sum(quantity), 0), max(hour) FROM outcome
            WHERE project = ? AND hour >= ? AND outcome = 'accepted'
            """
        let events = "category IN ('error', 'default', 'security')"
        let items =
            "(\(events) OR category IN ('transaction', 'session', 'monitor', 'feedback', 'attachment_item'))"
        let row =
            if let key = range.key {
                try db.row("\(sql) AND key = ? AND \(items)", [project, range.sinceHour, key])
            } else {
                try db.row("\(sql) AND \(events)", [project, range.sinceHour])
            }
        return AcceptedSum(count: row?[0] ?? 0, lastHour: row?[1])
    }

    private func slices(of project: Int64, in spans: HourSpans) throws -> [OutcomeSlice] {
        let sql = """
            SELECT (hour - ?) / ? AS span, category, outcome, reason, sum(quantity) FROM outcome
            WHERE project = ? AND hour >= ? AND hour < ?
            GROUP BY span, category, outcome, reason ORDER BY span
            """
        return try db.rows(sql, [spans.start, spans.length, project, spans.start, spans.end]) { row in
            let kind = Outcome.Kind(rawValue: row[2]) ?? .invalid
            let outcome = Outcome(kind, category: row[1], reason: row[3])
            let total = OutcomeTotal(project: ProjectID(project), outcome: outcome, quantity: row[4])
            return OutcomeSlice(index: row[0], total: total)
        }
    }

    private func projects() throws -> [Int64] {
        // Hops from project to project through the primary key instead of reading every hour of each.
        try db.rows(
            """
            WITH RECURSIVE known (project) AS (
                SELECT min(project) FROM outcome
                UNION ALL
                SELECT (SELECT min(project) FROM outcome WHERE project > known.project) FROM known
                WHERE known.project IS NOT NULL
            )
            SELECT project FROM known WHERE project IS NOT NULL
            """, []
        ) { $0[0] }
    }

    private func totals(of project: Int64, sinceHour hour: Int64) throws -> [OutcomeTotal] {
        let sql = """
            SELECT category, outcome, reason, sum(quantity) FROM outcome WHERE project = ? AND hour >= ?
            GROUP BY category, outcome, reason ORDER BY category, outcome, reason
            """
        return try db.rows(sql, [project, hour]) { row in
            let kind = Outcome.Kind(rawValue: row[1]) ?? .invalid
            let outcome = Outcome(kind, category: row[0], reason: row[2])
            return OutcomeTotal(project: ProjectID(project), outcome: outcome, quantity: row[3])
        }
    }
}
