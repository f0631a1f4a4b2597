// An issue's events by the hour.

import GRDB
import Model

/// Table `issue_hour`.
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
        return counts
    }

    /// Events in the hours after `hour`.
    func count(of issue: Int64, after hour: Int64) throws -> Int64 {
        try db.number("SELECT sum(count) FROM issue_hour WHERE issue = ? AND hour > ?", [issue, hour]) ?? 0
    }
}
