// Issues that end: they go into another one, or away, a bounded piece at a time.

import FlycatcherWire
import GRDB
import Model

/// Table `departure`: issues that nobody sees any more, and where what they have goes.
///
/// Hashes and what the issue shows move at once, so that later events go right from the first moment. Events and users
/// may be millions; they follow piece by piece, in transactions so short that the recorder hardly waits for one.
struct IssueDepartures {
    let db: Database

    /// So many events, or users, move in one transaction.
    static let pieceSize = 1000

    /// Said of an issue's identity: keeps issues that depart from being found.
    static let hidesDeparting = "NOT IN (SELECT issue FROM departure)"

    /// The issues by events, most first, with the project of each.
    func ranked(_ issues: [IssueID]) throws -> [(id: IssueID, project: Int64)] {
        let sql = "SELECT project, event_count FROM issue WHERE id = ? AND id \(Self.hidesDeparting)"
        let found = try issues.map { issue in
            guard let row = try db.row(sql, [issue.value]) else { throw StoreError.missing("issue \(issue)") }
            return (id: issue, project: row[0] as Int64, count: row[1] as Int64)
        }
        let sorted = found.sorted { ($0.count, -$0.id.value) > ($1.count, -$1.id.value) }
        return sorted.map { ($0.id, $0.project) }
    }

    /// Lets `source` go into `target`, which owns its hashes from now on.
    func begin(_ source: IssueID, into target: IssueID) throws {
        try settleTags()
        for table in ["issue_hash", "outbox"] {
            try db.run("UPDATE \(table) SET issue = ? WHERE issue = ?", [target.value, source.value])
        }
        try IssueUnion(db: db).addFacts(of: source, to: target)
        try RegroupingTable(db: db).handOver(source, to: target)
        try start(source, to: target)
    }

    /// Lets an issue go away with all that it has.
    func begin(_ issue: IssueID) throws {
        try settleTags()
        for table in ["issue_hash", "outbox"] {
            try db.run("DELETE FROM \(table) WHERE issue = ?", [issue.value])
        }
        try RegroupingTable(db: db).remove(issue)
        try start(issue, to: nil)
    }

    /// Moves one piece of what is left, and says whether more is.
    func advance() throws -> Bool {
        guard let row = try db.row("SELECT issue, target FROM departure ORDER BY issue LIMIT 1", []) else {
            return false
        }
        let source = IssueID(row[0])
        let isEmptied =
            if let target = row[1] as Int64? {
                try move(source, into: IssueID(target))
            } else {
                try remove(source)
            }
        guard isEmptied else { return true }
        try finish(source)
        return try db.number("SELECT 1 FROM departure LIMIT 1", []) != nil
    }

    /// What waits in the journal belongs to issues as they are now.
    private func settleTags() throws {
        try TagJournalWriter(db: db, statements: HotStatements(db)).settle()
    }

    private func start(_ issue: IssueID, to target: IssueID?) throws {
        try db.run("UPDATE departure SET target = ? WHERE target = ?", [target?.value, issue.value])
        try db.run("INSERT INTO departure (issue, target) VALUES (?, ?)", [issue.value, target?.value])
        try InstallationTable(db: db).add(events: 0, issues: -1)
    }

    /// Moves a piece, and says whether it was the last.
    private func move(_ source: IssueID, into target: IssueID) throws -> Bool {
        let union = IssueUnion(db: db)
        guard try moveEvents(of: source, to: target) < Self.pieceSize,
            try union.addUsers(of: source, to: target, limit: Self.pieceSize) < Self.pieceSize
        else { return false }
        try union.addSums(of: source, to: target)
        return true
    }

    /// Moves events together with their hours, so that an event's place among the others stays right.
    private func moveEvents(of source: IssueID, to target: IssueID) throws -> Int {
        let piece = "FROM event WHERE issue = ? ORDER BY timestamp, id LIMIT ?"
        let arguments: StatementArguments = [source.value, Self.pieceSize]
        let moments = try db.rows("SELECT timestamp \(piece)", arguments) {
            Timestamp(microseconds: $0[0])
        }
        try db.run(
            "UPDATE event SET issue = ? WHERE id IN (SELECT id \(piece))", [target.value] + arguments)
        try IssueHourTable(db: db).move(moments, from: source, to: target)
        return moments.count
    }

    private func remove(_ issue: IssueID) throws -> Bool {
        let rows: [Int64] = try db.rows(
            "SELECT id FROM event WHERE issue = ? LIMIT ?", [issue.value, Self.pieceSize]
        ) { $0[0] }
        let removedCount = try EventRemoval(db: db).remove(rows)
        guard removedCount < Self.pieceSize else { return false }
        return try IssueUnion(db: db).removeUsers(of: issue, limit: Self.pieceSize) < Self.pieceSize
    }

    private func finish(_ issue: IssueID) throws {
        try db.run("DELETE FROM departure WHERE issue = ?", [issue.value])
        try SketchTable(db: db).remove(issue)
        for table in ["issue_hour", "issue_day", "issue_user", "issue_tag", "issue_tag_key"] {
            try db.run("DELETE FROM \(table) WHERE issue = ?", [issue.value])
        }
        try db.run("DELETE FROM issue WHERE id = ?", [issue.value])
    }
}
