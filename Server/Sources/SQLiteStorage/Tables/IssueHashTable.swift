// Which issue owns which grouping hash.

import GRDB
import Model

/// Table `issue_hash`.
struct IssueHashTable {
    let db: Database

    /// The issue that owns the hash, with what folding needs to know of it.
    func owner(of hash: GroupingHash, in project: ProjectID) throws -> IssueHead? {
        let sql = """
            SELECT issue.id, last_seen, tag_key_count
            FROM issue_hash JOIN issue ON issue.id = issue_hash.issue
            WHERE issue_hash.project = ? AND hash = ?
            """
        guard let row = try db.row(sql, [project.value, hash.value.blob]) else { return nil }
        return IssueHead(id: row[0], lastSeen: row[1], tagKeyCount: row[2])
    }

    func insert(_ hash: GroupingHash, in project: ProjectID, issue: Int64) throws {
        try db.run(
            "INSERT INTO issue_hash (project, hash, issue) VALUES (?, ?, ?)", [project.value, hash.value.blob, issue])
    }
}

/// What a batch needs to know of an issue that is there already.
struct IssueHead {
    let id: Int64
    /// Microseconds.
    let lastSeen: Int64
    let tagKeyCount: Int64
}
