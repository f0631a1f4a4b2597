// Events, each with its body.

import FlycatcherWire
import Foundation
import GRDB
import Model

/// Table `event`.
struct EventTable {
    let db: Database

    func find(_ event: EventID, in project: ProjectID) throws -> EventRow? {
        try db.row("\(Self.select) WHERE event_id = ? AND event.project = ?", [event.blob, project.value])
            .map(EventRow.init)
    }

    func find(_ event: EventID, of issue: IssueID) throws -> EventRow? {
        let sql = """
            \(Self.select) WHERE event_id = ? AND event.issue = ?
            """
        return try db.row(sql, [event.blob, issue.value]).map(EventRow.init)
    }

    func newest(of issue: IssueID) throws -> EventRow? {
        let sql =
            "\(Self.select) WHERE event.issue = ? AND \(Self.isKept) ORDER BY timestamp DESC, event.id DESC LIMIT 1"
        return try db.row(sql, [issue.value]).map(EventRow.init)
    }

    func oldest(of issue: IssueID) throws -> EventRow? {
        let sql =
            "\(Self.select) WHERE event.issue = ? AND \(Self.isKept) ORDER BY timestamp, event.id LIMIT 1"
        return try db.row(sql, [issue.value]).map(EventRow.init)
    }

    func all(withID event: EventID) throws -> [EventSummary] {
        try db.rows("\(Self.select) WHERE event_id = ? ORDER BY event.project", [event.blob]) {
            EventRow($0).summary
        }
    }

    func page(of issue: IssueID, before place: EventPlace, limit: Int) throws -> [EventSummary] {
        let sql = """
            \(Self.select) WHERE event.issue = ? AND (timestamp, event.id) < (?, ?)
            ORDER BY timestamp DESC, event.id DESC LIMIT ?
            """
        return try db.rows(sql, [issue.value, place.timestamp, place.id, limit]) { EventRow($0).summary }
    }

    /// Events behind a place in the order of time, up to a row, with their bodies.
    func packed(
        of issue: IssueID, after place: EventPlace, upTo lastRow: Int64, limit: Int
    ) throws -> [PackedEvent] {
        let sql = """
            \(Self.selectWithBody) WHERE event.issue = ? AND (timestamp, event.id) > (?, ?) AND event.id <= ?
                AND \(Self.isKept)
            ORDER BY timestamp, event.id LIMIT ?
            """
        return try db.rows(sql, [issue.value, place.timestamp, place.id, lastRow, limit]) {
            (EventRow($0), Array($0[8] as Data))
        }
    }

    /// The newest events with their bodies, newest first.
    func packed(newestOf issue: IssueID, limit: Int) throws -> [PackedEvent] {
        let sql = """
            \(Self.selectWithBody) WHERE event.issue = ? AND \(Self.isKept)
            ORDER BY timestamp DESC, event.id DESC LIMIT ?
            """
        return try db.rows(sql, [issue.value, limit]) { (EventRow($0), Array($0[8] as Data)) }
    }

    /// Events behind a row in the order they came, with their bodies; of one project or of all.
    func packed(of project: ProjectID?, behind row: Int64, limit: Int) throws -> [PackedEvent] {
        let condition = project == nil ? "" : "AND event.project = ?"
        let sql = "\(Self.selectWithBody) WHERE event.id > ? \(condition) ORDER BY event.id LIMIT ?"
        let arguments: StatementArguments = project.map { [row, $0.value, limit] } ?? [row, limit]
        return try db.rows(sql, arguments) { (EventRow($0), Array($0[8] as Data)) }
    }

    /// An event and its body as it is kept.
    typealias PackedEvent = (row: EventRow, body: [UInt8])

    /// The place of an event in its issue's order.
    ///
    /// One that is gone stands before all others of its moment.
    func place(of cursor: EventCursor, issue: IssueID) throws -> EventPlace {
        let id = try db.number(
            "SELECT id FROM event WHERE event_id = ? AND issue = ?", [cursor.id.blob, issue.value])
        return EventPlace(timestamp: cursor.timestamp.microseconds, id: id ?? 0)
    }

    func body(at id: Int64) throws -> [UInt8] {
        try db.row("SELECT body FROM event WHERE id = ?", [id]).map { Array($0[0] as Data) } ?? []
    }

    func next(after place: EventPlace, issue: Int64) throws -> EventID? {
        let sql = """
            SELECT event_id FROM event WHERE issue = ? AND (timestamp, id) > (?, ?) AND \(Self.isKept)
            ORDER BY timestamp, id LIMIT 1
            """
        return try db.row(sql, [issue, place.timestamp, place.id]).map { EventID(blob: $0[0]) }
    }

    func previous(before place: EventPlace, issue: Int64) throws -> EventID? {
        let sql = """
            SELECT event_id FROM event WHERE issue = ? AND (timestamp, id) < (?, ?) AND \(Self.isKept)
            ORDER BY timestamp DESC, id DESC LIMIT 1
            """
        return try db.row(sql, [issue, place.timestamp, place.id]).map { EventID(blob: $0[0]) }
    }

    /// Events behind a place and up to a moment, counted in the index.
    func count(of issue: Int64, after place: EventPlace, before moment: Int64) throws -> Int64 {
        let sql = "SELECT count(*) FROM event WHERE issue = ? AND (timestamp, id) > (?, ?) AND timestamp < ?"
        return try db.number(sql, [issue, place.timestamp, place.id, moment]) ?? 0
    }

    /// Read from a row's head: the body itself stays where it is.
    private static let isKept = "length(body) > 0"
    private static let select = "SELECT \(head) \(tables)"
    private static let selectWithBody = "SELECT \(head), body \(tables)"

    private static let head = """
        event.id, event_id, event.project, slug, coalesce(departure.target, event.issue), timestamp, received_at,
            length(body) > 0
        """
    private static let tables = """
        FROM event JOIN project ON project.id = event.project
            LEFT JOIN departure ON departure.issue = event.issue
        """
}

/// Where an event stands in its issue's order: by its moment, then as it came.
struct EventPlace {
    /// Microseconds.
    let timestamp: Int64
    let id: Int64

    /// Behind the newest.
    static let end = EventPlace(timestamp: .max, id: .max)
}

/// An event without its body.
struct EventRow {
    let id: Int64
    let summary: EventSummary

    init(_ row: Row) {
        id = row[0]
        summary = EventSummary(
            id: EventID(blob: row[1]), project: ProjectID(row[2]), projectSlug: row[3],
            issue: IssueID(row[4]),
            timestamp: Timestamp(microseconds: row[5]), receivedAt: Timestamp(microseconds: row[6]),
            isKept: row[7])
    }

    var place: EventPlace { EventPlace(timestamp: summary.timestamp.microseconds, id: id) }
}
