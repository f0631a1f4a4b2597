// An issue's events by the hour, and by the day where the hours are old.

import FlycatcherWire
import GRDB
import Model

/// Tables `issue_hour` and `issue_day`; no event is in both.
struct IssueHourTable {
    let db: Database

    /// Events per day, the first number being that of day `first`, counted since 1970.
    func daily(of issue: Int64, from first: Int64, days: Int) throws -> [Int64] {
        var counts = [Int64](repeating: 0, count: days)
        let sql = "SELECT hour, count FROM issue_hour WHERE issue = ? AND hour >= ? AND hour < ?"
        let end = first + Int64(days)
        for (hour, count) in try db.rows(
            sql, [issue, first * 24, end * 24], { ($0[0] as Int64, $0[1] as Int64) })
        {
            counts[Int(hour / 24 - first)] += count
        }
        let days = try db.rows(
            "SELECT day, count FROM issue_day WHERE issue = ? AND day >= ? AND day < ?", [issue, first, end]
        ) { ($0[0] as Int64, $0[1] as Int64) }
        for (day, count) in days { counts[Int(day - first)] += count }
        return counts
    }

    /// Events in the hours after `hour`.
    func count(of issue: Int64, after hour: Int64) throws -> Int64 {
        try db.number("SELECT sum(count) FROM issue_hour WHERE issue = ? AND hour > ?", [issue, hour]) ?? 0
    }

    /// Counts events for another issue than before, in their hours and in all.
    func move(_ moments: [Timestamp], from source: IssueID, to target: IssueID) throws {
        let hours = moments.reduce(into: [Int64: Int64]()) { $0[$1.hour, default: 0] += 1 }
        for (hour, count) in hours {
            try subtract(count, from: source, hour: hour)
            try db.run(
                """
                INSERT INTO issue_hour (issue, hour, count) VALUES (?, ?, ?)
                ON CONFLICT DO UPDATE SET count = count + excluded.count
                """, [target.value, hour, count])
        }
        let sql = "UPDATE issue SET event_count = event_count + ? WHERE id = ?"
        try db.run(sql, [-moments.count, source.value])
        try db.run(sql, [moments.count, target.value])
    }

    /// Hours without events have no row.
    private func subtract(_ count: Int64, from issue: IssueID, hour: Int64) throws {
        try db.run(
            "DELETE FROM issue_hour WHERE issue = ? AND hour = ? AND count <= ?", [issue.value, hour, count])
        try db.run(
            "UPDATE issue_hour SET count = count - ? WHERE issue = ? AND hour = ?",
            [count, issue.value, hour])
    }
}
