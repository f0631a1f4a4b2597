// Where an event stands among those of its issue.

import FlycatcherWire
import GRDB
import Model

/// Counts an event's newer neighbours: whole hours from the hourly sums, the rest of its own hour in the index.
///
/// So the cost is bounded by the events of one hour, not by those of the issue.
struct EventOrder {
    let db: Database

    func position(of row: EventRow) throws -> EventPosition {
        let events = EventTable(db: db)
        let issue = row.summary.issue.value
        let count = try db.number("SELECT event_count FROM issue WHERE id = ?", [issue]) ?? 0
        return EventPosition(
            index: count - (try newerCount(than: row)), count: count,
            previous: try events.previous(before: row.place, issue: issue),
            next: try events.next(after: row.place, issue: issue))
    }

    private func newerCount(than row: EventRow) throws -> Int64 {
        let issue = row.summary.issue.value
        let hour = row.summary.timestamp.hour
        let later = try IssueHourTable(db: db).count(of: issue, after: hour)
        let hourEnd = (hour + 1) * 3_600_000_000
        return later + (try EventTable(db: db).count(of: issue, after: row.place, before: hourEnd))
    }
}
