// Issues whose events are to be grouped once more, and how far each is.

import Compression
import FlycatcherWire
import Foundation
import GRDB
import Model

/// Table `regrouping`.
struct RegroupingTable {
    let db: Database

    /// What is to be done next, and from where on.
    struct State {
        let issue: IssueID
        let project: ProjectID
        let splits: Bool
        let step: RegroupingBatch.Step
        let after: EventPlace
        /// Later rows have been counted as they were recorded.
        let lastRow: Int64
        /// Where an event went last; nil when none went.
        let target: IssueID?
    }

    /// Puts an issue in line, from the start.
    func insert(_ issue: IssueID, splits: Bool) throws {
        try db.run(
            """
            INSERT INTO regrouping (issue, splits, step, after_moment, after_row, last_row)
            SELECT id, ?, ?, \(Self.start) FROM issue WHERE id = ?
            ON CONFLICT DO UPDATE SET \(Self.restarts)
            """, [splits, (splits ? RegroupingBatch.Step.choose : .place).rawValue, issue.value])
    }

    /// Puts all issues of a project in line.
    func insertAll(of project: ProjectID) throws {
        try db.run(
            """
            INSERT INTO regrouping (issue, splits, step, after_moment, after_row, last_row)
            SELECT id, 1, 'choose', \(Self.start) FROM issue
            WHERE project = ? AND id \(IssueDepartures.hidesDeparting)
            ON CONFLICT DO UPDATE SET \(Self.restarts)
            """, [project.value])
    }

    func remove(_ issue: IssueID) throws {
        try db.run("DELETE FROM regrouping WHERE issue = ?", [issue.value])
    }

    /// Lets what was to be done to an issue be done to the one that takes it in.
    func handOver(_ source: IssueID, to target: IssueID) throws {
        guard let row = try db.row("SELECT splits FROM regrouping WHERE issue = ?", [source.value]) else {
            return
        }
        try remove(source)
        try insert(target, splits: row[0])
    }

    func count(of project: ProjectID) throws -> Int64 {
        try db.number(
            "SELECT count(*) FROM regrouping JOIN issue ON issue.id = regrouping.issue WHERE project = ?",
            [project.value]) ?? 0
    }

    /// What is in front: what someone waits for before what a whole project waits for.
    func first() throws -> State? {
        try state(where: "1 ORDER BY splits, issue LIMIT 1", [])
    }

    func state(of issue: IssueID) throws -> State? {
        try state(where: "issue = ?", [issue.value])
    }

    func advance(_ issue: IssueID, to place: EventPlace) throws {
        try db.run(
            "UPDATE regrouping SET after_moment = ?, after_row = ? WHERE issue = ?",
            [place.timestamp, place.id, issue.value])
    }

    func setTarget(_ target: IssueID, of issue: IssueID) throws {
        try db.run("UPDATE regrouping SET target = ? WHERE issue = ?", [target.value, issue.value])
    }

    /// Goes on to a step, from the first event on and up to a row.
    func begin(_ step: RegroupingBatch.Step, of issue: IssueID, lastRow: Int64 = .max) throws {
        try db.run(
            "UPDATE regrouping SET step = ?, after_moment = ?, after_row = 0, last_row = ? WHERE issue = ?",
            [step.rawValue, Int64.min, lastRow, issue.value])
    }

    private func state(where condition: String, _ arguments: StatementArguments) throws -> State? {
        let sql = """
            SELECT issue, (SELECT project FROM issue WHERE id = regrouping.issue), splits, step, after_moment,
                after_row, last_row, target
            FROM regrouping WHERE \(condition)
            """
        return try db.row(sql, arguments).map { row in
            State(
                issue: IssueID(row[0]), project: ProjectID(row[1]), splits: row[2],
                step: RegroupingBatch.Step(rawValue: row[3]) ?? .choose,
                after: EventPlace(timestamp: row[4], id: row[5]), lastRow: row[6],
                target: (row[7] as Int64?).map(IssueID.init))
        }
    }

    private static let start = "\(Int64.min), 0, \(Int64.max)"

    private static let restarts = """
        splits = max(splits, excluded.splits), step = excluded.step, after_moment = excluded.after_moment,
        after_row = 0, last_row = excluded.last_row
        """
}
