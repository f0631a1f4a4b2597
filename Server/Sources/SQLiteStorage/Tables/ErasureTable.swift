// Orders to forget persons, and how far they are.

import FlycatcherWire
import GRDB
import Model

/// Table `erasure`.
struct ErasureTable {
    let db: Database

    /// Adds an order, and forgets the oldest of the many that are fulfilled.
    func insert(
        _ subject: ErasureSubject, in project: ProjectID?, by name: String, at moment: Timestamp
    ) throws -> ErasureID {
        let waiting = try db.number("SELECT count(*) FROM erasure WHERE outcome IS NULL", []) ?? 0
        guard waiting < ErasureOrder.maximumWaitingCount else {
            throw StoreError.conflict("an erasure for each place in line")
        }
        try db.run(
            "INSERT INTO erasure (kind, subject, project, ordered_by, ordered_at) VALUES (?, ?, ?, ?, ?)",
            [subject.kind.rawValue, subject.text, project?.value, name, moment.microseconds])
        let id = db.lastInsertedRowID
        try db.run(
            "DELETE FROM erasure WHERE id <= ? AND outcome IS NOT NULL",
            [id - Int64(ErasureOrder.maximumKeptCount)])
        return ErasureID(id)
    }

    func newest(limit: Int) throws -> [ErasureOrder] {
        try db.rows("\(Self.select) ORDER BY id DESC LIMIT ?", [limit], Self.order)
    }

    func find(_ id: ErasureID) throws -> ErasureOrder? {
        try db.row("\(Self.select) WHERE id = ?", [id.value]).map(Self.order)
    }

    func oldestWaiting() throws -> ErasureOrder? {
        try db.row("\(Self.select) WHERE outcome IS NULL ORDER BY id LIMIT 1", []).map(Self.order)
    }

    func lastRow(of step: ErasureStep) throws -> Int64 {
        let table =
            switch step {
            case .events: "event"
            case .feedback: "feedback"
            case .traces: "trace_item"
            case .attachments: "attachment"
            case .issues: "issue"
            }
        return try db.number("SELECT max(id) FROM \(table)", []) ?? 0
    }

    func set(_ place: ErasurePlace, of id: ErasureID) throws {
        try db.run(
            "UPDATE erasure SET round = ?, step = ?, row = ?, last_row = ?, found = ? WHERE id = ?",
            [place.round, place.step.rawValue, place.row, place.lastRow, place.found, id.value])
    }

    /// What an order has removed more of.
    enum Tallied: String {
        case events, records, attachments, traces
    }

    func add(_ count: Int, _ kind: Tallied, to id: ErasureID) throws {
        guard count > 0 else { return }
        try db.run(
            "UPDATE erasure SET \(kind.rawValue) = \(kind.rawValue) + ? WHERE id = ?", [count, id.value])
    }

    func end(_ id: ErasureID, as end: ErasureOrder.End, at moment: Timestamp) throws {
        try db.run(
            "UPDATE erasure SET outcome = ?, ended_at = ?, subject = '' WHERE id = ? AND outcome IS NULL",
            [end.rawValue, moment.microseconds, id.value])
    }

    private static let select = """
        SELECT id, kind, subject, project, ordered_by, ordered_at, round, step, row, last_row, found, events, records,
            attachments, traces, outcome, ended_at
        FROM erasure
        """

    private static func order(_ row: Row) throws -> ErasureOrder {
        guard let kind = ErasureSubject.Kind(rawValue: row[1]), let step = ErasureStep(rawValue: row[7])
        else {
            throw StoreError.unavailable("an erasure of an unknown kind")
        }
        var tally = ErasureTally()
        (tally.events, tally.records, tally.attachments, tally.traces) = (row[11], row[12], row[13], row[14])
        return ErasureOrder(
            id: ErasureID(row[0]), subject: ErasureSubject(kind, row[2]),
            project: (row[3] as Int64?).map { ProjectID($0) }, orderedBy: row[4],
            orderedAt: Timestamp(microseconds: row[5]),
            place: ErasurePlace(round: row[6], step: step, row: row[8], lastRow: row[9], found: row[10]),
            tally: tally, end: (row[15] as String?).flatMap { ErasureOrder.End(rawValue: $0) },
            endedAt: (row[16] as Int64?).map { Timestamp(microseconds: $0) })
    }
}
