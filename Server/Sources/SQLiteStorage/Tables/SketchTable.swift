// What issues look like, and the bands by which those that are alike are found.

import Foundation
import GRDB
import Model

/// Tables `issue_sketch` and `issue_band`.
struct SketchTable {
    let db: Database

    /// So many issues of one band are looked at: what more share says nothing.
    private static let maximumOfBand = 60

    /// Sketches are drawn in the order of issues, so the last one says which have none.
    func missing(limit: Int) throws -> [IssueID] {
        let sql = """
            SELECT id FROM issue WHERE id > (SELECT coalesce(max(issue), 0) FROM issue_sketch)
            ORDER BY id LIMIT ?
            """
        return try db.rows(sql, [limit]) { IssueID($0[0]) }
    }

    func find(_ issue: IssueID) throws -> IssueSketch? {
        try db.row("SELECT stack, message FROM issue_sketch WHERE issue = ?", [issue.value]).map { row in
            IssueSketch(stack: Self.numbers(row[0]), message: Self.numbers(row[1]))
        }
    }

    func set(_ sketch: IssueSketch, of issue: IssueID) throws {
        guard let project = try db.number("SELECT project FROM issue WHERE id = ?", [issue.value]) else {
            return
        }
        try remove(issue)
        try db.run(
            "INSERT INTO issue_sketch (issue, stack, message) VALUES (?, ?, ?)",
            [issue.value, Self.data(sketch.stack), Self.data(sketch.message)])
        for band in sketch.bands {
            try db.run(
                "INSERT INTO issue_band (project, band, issue) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                [project, band, issue.value])
        }
    }

    func remove(_ issue: IssueID) throws {
        guard let sketch = try find(issue) else { return }
        let sql = """
            DELETE FROM issue_band
            WHERE project = (SELECT project FROM issue WHERE id = ?) AND band = ? AND issue = ?
            """
        for band in sketch.bands { try db.run(sql, [issue.value, band, issue.value]) }
        try db.run("DELETE FROM issue_sketch WHERE issue = ?", [issue.value])
    }

    /// Issues that share a band with another one, with what they look like.
    func neighbours(of issue: IssueID, _ sketch: IssueSketch) throws -> [IssueID: IssueSketch] {
        guard let project = try db.number("SELECT project FROM issue WHERE id = ?", [issue.value]) else {
            return [:]
        }
        var found: [IssueID: IssueSketch] = [:]
        for band in sketch.bands {
            let sql = "SELECT issue FROM issue_band WHERE project = ? AND band = ? LIMIT ?"
            for other in try db.rows(sql, [project, band, Self.maximumOfBand], { IssueID($0[0]) })
            where other != issue && found[other] == nil {
                found[other] = try find(other)
            }
        }
        return found
    }

    private static func data(_ numbers: [UInt32]) -> Data {
        numbers.reduce(into: Data()) { data, number in
            withUnsafeBytes(of: number.littleEndian) { data.append(contentsOf: $0) }
        }
    }

    private static func numbers(_ data: Data) -> [UInt32] {
        let bytes = [UInt8](data)
        return stride(from: 0, to: bytes.count - 3, by: 4).map { start in
            (0..<4).reduce(0) { $0 | UInt32(bytes[start + $1]) << UInt32(8 * $1) }
        }
    }
}
