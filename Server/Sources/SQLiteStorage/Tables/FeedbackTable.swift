// What users say.

import FlycatcherWire
import Foundation
import GRDB
import Model

/// Table `feedback`.
struct FeedbackTable {
    let db: Database

    /// Adds feedback unless it is there, and says whether it was not.
    func insert(_ feedback: FeedbackDraft, in project: ProjectID) throws -> Bool {
        try db.run(
            """
            INSERT OR IGNORE INTO feedback (
                feedback_id, project, event_id, message, name, email, url, created_at, body
            ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                feedback.id.blob, project.value, feedback.event?.blob, feedback.message, feedback.name,
                feedback.email, feedback.url, feedback.createdAt.microseconds, Data(feedback.body),
            ])
        return db.changesCount > 0
    }

    func about(_ event: EventID, in project: ProjectID, limit: Int) throws -> [Feedback] {
        try db.rows(
            "\(Self.select) WHERE feedback.event_id = ? AND feedback.project = ? ORDER BY feedback.id LIMIT ?",
            [event.blob, project.value, limit], Self.feedback)
    }

    func newest(of project: ProjectID?, before moment: Timestamp, limit: Int) throws -> [Feedback] {
        let order = "ORDER BY feedback.created_at DESC, feedback.id DESC LIMIT ?"
        guard let project else {
            return try db.rows(
                "\(Self.select) WHERE feedback.created_at < ? \(order)", [moment.microseconds, limit],
                Self.feedback)
        }
        return try db.rows(
            "\(Self.select) WHERE feedback.project = ? AND feedback.created_at < ? \(order)",
            [project.value, moment.microseconds, limit], Self.feedback)
    }

    /// Removes what is older than a moment, and says how many it were.
    func remove(of project: ProjectID, before moment: Timestamp, limit: Int) throws -> Int {
        try db.run(
            """
            DELETE FROM feedback WHERE id IN (
                SELECT id FROM feedback WHERE project = ? AND created_at < ? ORDER BY created_at LIMIT ?)
            """, [project.value, moment.microseconds, limit])
        return db.changesCount
    }

    /// The next rows, with what they say.
    func searched(of project: ProjectID?, after row: Int64, limit: Int) throws -> [PackedRecord] {
        let condition = project == nil ? "?2 IS NULL" : "project = ?2"
        return try db.rows(
            """
            SELECT id, message, name, email, url, body FROM feedback WHERE id > ?1 AND \(condition) ORDER BY id LIMIT ?3
            """, [row, project?.value, limit]
        ) { PackedRecord(row: $0[0], texts: [$0[1], $0[2], $0[3], $0[4]], body: Array($0[5] as Data)) }
    }

    /// Removes rows, and says how many were there.
    func remove(_ rows: [Int64]) throws -> Int {
        try db.run(
            "DELETE FROM feedback WHERE id IN (SELECT value FROM json_each(?))", [rows.jsonList])
        return db.changesCount
    }

    /// The issue is that of the event, or the one that it is on its way to.
    private static let select = """
        SELECT feedback_id, feedback.project, slug, feedback.event_id, message, feedback.name, email, url,
            feedback.created_at, issue.number, short_prefix
        FROM feedback JOIN project ON project.id = feedback.project
            LEFT JOIN event ON event.event_id = feedback.event_id AND event.project = feedback.project
            LEFT JOIN departure ON departure.issue = event.issue
            LEFT JOIN issue ON issue.id = coalesce(departure.target, event.issue)
        """

    private static func feedback(_ row: Row) -> Feedback {
        let draft = FeedbackDraft(
            id: EventID(blob: row[0]), event: (row[3] as Data?).map { EventID(blob: $0) }, message: row[4],
            name: row[5], email: row[6], url: row[7], createdAt: Timestamp(microseconds: row[8]))
        let issue = (row[9] as Int64?).map { ShortID(prefix: row[10], number: $0) }
        return Feedback(project: ProjectID(row[1]), projectSlug: row[2], draft: draft, issue: issue)
    }
}
