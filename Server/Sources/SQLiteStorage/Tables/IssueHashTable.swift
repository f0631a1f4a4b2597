// Which issue owns which grouping hash, and which hashes are discarded.

import FlycatcherWire
import Foundation
import GRDB
import Model

/// Tables `issue_hash` and `discarded_hash`.
struct IssueHashTable {
    let db: Database

    func all(of issue: IssueID) throws -> [GroupingHash] {
        try db.rows("SELECT hash FROM issue_hash WHERE issue = ? ORDER BY hash", [issue.value]) { row in
            GroupingHash(UInt128(blob: row[0] as Data))
        }
    }

    func owner(of hash: GroupingHash, in project: Int64) throws -> IssueID? {
        let sql = "SELECT issue FROM issue_hash WHERE project = ? AND hash = ?"
        return try db.number(sql, [project, hash.value.blob]).map(IssueID.init)
    }

    func insert(_ hash: GroupingHash, in project: Int64, issue: IssueID) throws {
        try db.run(
            "INSERT INTO issue_hash (project, hash, issue) VALUES (?, ?, ?)",
            [project, hash.value.blob, issue.value])
    }

    /// Remembers an issue's hashes as those of which nobody wants to hear.
    func discardAll(of issue: IssueID, at moment: Timestamp) throws {
        try db.run(
            """
            INSERT INTO discarded_hash (project, hash, title, discarded_at)
            SELECT issue_hash.project, hash, type || iif(value = '', '', ': ' || value), ?
            FROM issue_hash JOIN issue ON issue.id = issue_hash.issue WHERE issue.id = ?
            ON CONFLICT DO NOTHING
            """, [moment.microseconds, issue.value])
    }

    /// Adds hashes to those that are discarded, for the reason that one of them has.
    func discard(_ hashes: [GroupingHash], like known: GroupingHash, in project: ProjectID) throws {
        for hash in hashes {
            try db.run(
                """
                INSERT INTO discarded_hash (project, hash, title, discarded_at)
                SELECT project, ?, title, discarded_at FROM discarded_hash WHERE project = ? AND hash = ?
                ON CONFLICT DO NOTHING
                """, [hash.value.blob, project.value, known.value.blob])
        }
    }

    func move(_ hash: GroupingHash, in project: Int64, to issue: IssueID) throws {
        try db.run(
            "UPDATE issue_hash SET issue = ? WHERE project = ? AND hash = ?",
            [issue.value, project, hash.value.blob])
    }
}
