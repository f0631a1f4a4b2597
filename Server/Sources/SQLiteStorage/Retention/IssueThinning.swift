// Chooses which events of a crowded issue may go.

import FlycatcherWire
import GRDB
import Model

/// A piece of an issue's events in the order of time, of which some go and the telling ones stay.
struct IssueThinning {
    private let db: Database
    private let issue: IssueID

    /// So many events are looked at in one read, and at most so many go in one transaction.
    private static let pieceSize = 100

    private struct Candidate {
        let row: Int64
        let moment: Int64
        let environment: String
        let release: String
    }

    init(_ db: Database, _ issue: IssueID) {
        self.db = db
        self.issue = issue
    }

    /// The rows that may go, and where to go on.
    func choice(
        after place: ThinningPlace?, keeping share: (kept: Int64, of: Int64)
    ) throws -> (rows: [Int64], next: ThinningPlace?) {
        let piece = try candidates(after: place)
        guard let last = piece.last else { return ([], nil) }
        let start = place?.index ?? 0
        var telling = try TellingEvents(db, issue)
        var rows: [Int64] = []
        for (offset, event) in piece.enumerated() {
            let index = start + Int64(offset)
            // Asked for each event, since it also learns what it has seen.
            let isTelling = try telling.holds(event.row, event.moment, event.release, event.environment)
            if !isTelling, !Self.isKept(index, share) { rows.append(event.row) }
        }
        let isEnd = piece.count < Self.pieceSize
        let next = ThinningPlace(moment: last.moment, row: last.row, index: start + Int64(piece.count))
        return (rows, isEnd ? nil : next)
    }

    /// Spreads what is kept evenly: of each `of` neighbours, `kept`.
    private static func isKept(_ index: Int64, _ share: (kept: Int64, of: Int64)) -> Bool {
        guard share.of > 0, share.kept > 0 else { return false }
        let position = index % share.of
        return (position + 1) * share.kept / share.of > position * share.kept / share.of
    }

    private func candidates(after place: ThinningPlace?) throws -> [Candidate] {
        try db.rows(
            """
            SELECT id, timestamp, environment, release FROM event WHERE issue = ? AND (timestamp, id) > (?, ?)
            ORDER BY timestamp, id LIMIT ?
            """, [issue.value, place?.moment ?? .min, place?.row ?? 0, Self.pieceSize]
        ) { Candidate(row: $0[0], moment: $0[1], environment: $0[2], release: $0[3]) }
    }
}
