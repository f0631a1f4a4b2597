// Chooses which attachments of an issue may go.

import FlycatcherWire
import GRDB
import Model

/// The files of an issue's events: what they take, and which of them tell least.
struct AttachmentThinning {
    let db: Database

    /// So many of the largest are looked at in one read.
    private static let pieceSize = 20_000

    /// A file, and the attachments of the issue that have it.
    private struct Candidate {
        let bytes: Int64
        var attachments: [AttachmentID] = []
        var isTelling = false
    }

    /// Sums files up by issue, each once in each.
    func heaviest(of project: ProjectID?, limit: Int) throws -> [HeavyIssue] {
        let condition = project == nil ? "?1 IS NULL" : "attachment.project = ?1"
        return try db.rows(
            """
            SELECT issue, sum(size) FROM (
                SELECT DISTINCT event.issue AS issue, attachment.digest, attachment.size AS size
                FROM attachment CROSS JOIN event
                    ON event.event_id = attachment.event_id AND event.project = attachment.project
                WHERE \(condition)
            ) GROUP BY issue ORDER BY sum(size) DESC, issue LIMIT ?2
            """, [project?.value, limit]
        ) { HeavyIssue(issue: IssueID($0[0]), fileBytes: $0[1]) }
    }

    /// The attachments that may go, file by file, until the others take no more than so many bytes.
    func choice(of issue: IssueID, over bytes: Int64, limit: Int) throws -> [AttachmentID] {
        var excess = try bytesOfFiles(of: issue) - bytes
        var chosen: [AttachmentID] = []
        for file in try candidates(of: issue) where !file.isTelling && excess > 0 && chosen.count < limit {
            chosen += file.attachments
            excess -= file.bytes
        }
        return Array(chosen.prefix(limit))
    }

    private func bytesOfFiles(of issue: IssueID) throws -> Int64 {
        try db.number(
            "SELECT sum(size) FROM (SELECT DISTINCT digest, size \(Self.attachments))", [issue.value]) ?? 0
    }

    /// The files of an issue, the largest first, and of equal ones the one that came first.
    private func candidates(of issue: IssueID) throws -> [Candidate] {
        var telling = try TellingEvents(db, issue)
        var candidates: [Candidate] = []
        var places: [FileDigest: Int] = [:]
        let rows = try db.rows(
            """
            SELECT attachment.id, digest, size, event.id, timestamp, release, environment \(Self.attachments)
            ORDER BY size DESC, attachment.received_at, attachment.id LIMIT ?
            """, [issue.value, Self.pieceSize]
        ) { row in
            (
                id: AttachmentID(row[0]), digest: FileDigest(blob: row[1]), bytes: row[2] as Int64,
                isTelling: try telling.holds(row[3], row[4], row[5], row[6])
            )
        }
        for row in rows {
            guard let digest = row.digest else { continue }
            let place = places[digest] ?? candidates.count
            if place == candidates.count {
                places[digest] = place
                candidates.append(Candidate(bytes: row.bytes))
            }
            candidates[place].attachments.append(row.id)
            if row.isTelling { candidates[place].isTelling = true }
        }
        return candidates
    }

    /// The attachments of the events of an issue, through the index of its events.
    private static let attachments = """
        FROM event CROSS JOIN attachment
            ON attachment.event_id = event.event_id AND attachment.project = event.project
        WHERE event.issue = ?
        """
}
