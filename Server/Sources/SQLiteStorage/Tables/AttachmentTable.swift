// Attachments of events, by the hash of their content.

import FlycatcherWire
import Foundation
import GRDB
import Model

/// Tables `attachment` and `freed_file`.
struct AttachmentTable {
    let db: Database

    /// Adds the attachments of an event that are not there yet, and gives those that were added.
    func insert(
        _ files: [AttachmentDraft], of event: EventID, in project: ProjectID, at moment: Timestamp,
        waits: Bool
    ) throws -> [AttachmentDraft] {
        var counts: [AttachmentDraft: Int64] = [:]
        return try files.filter { file in
            counts[file, default: 0] += 1
            try db.run(
                """
                INSERT OR IGNORE INTO attachment (
                    project, event_id, name, content_type, kind, size, digest, ordinal, received_at, waits_since
                ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    project.value, event.blob, file.name.description, file.type.description, file.kind,
                    file.size,
                    file.digest.blob, counts[file], moment.microseconds, waits ? moment.microseconds : nil,
                ])
            return db.changesCount > 0
        }
    }

    func all(of event: EventID, in project: ProjectID, limit: Int) throws -> [Attachment] {
        try db.rows(
            "\(Self.select) WHERE event_id = ? AND project = ? ORDER BY id LIMIT ?",
            [event.blob, project.value, limit], Self.attachment)
    }

    func find(_ id: AttachmentID, of event: EventID, in project: ProjectID) throws -> Attachment? {
        try db.row(
            "\(Self.select) WHERE id = ? AND event_id = ? AND project = ?",
            [id.value, event.blob, project.value]
        ).map(Self.attachment)
    }

    func remove(_ id: AttachmentID, of event: EventID, in project: ProjectID) throws -> Bool {
        try db.run(
            "DELETE FROM attachment WHERE id = ? AND event_id = ? AND project = ?",
            [id.value, event.blob, project.value])
        return db.changesCount > 0
    }

    /// Removes attachments, and says how many were there.
    func remove(_ attachments: [AttachmentID]) throws -> Int {
        try db.run(
            "DELETE FROM attachment WHERE id IN (SELECT value FROM json_each(?))",
            [attachments.map(\.value).jsonList])
        return db.changesCount
    }

    /// Removes all attachments that have one of these files, of one project or of all.
    func remove(havingOneOf files: [FileDigest], of project: ProjectID?) throws -> Int {
        let condition = project == nil ? "?2 IS NULL" : "project = ?2"
        return try files.reduce(0) { count, file in
            try db.run(
                "DELETE FROM attachment WHERE digest = ?1 AND \(condition)", [file.blob, project?.value])
            return count + db.changesCount
        }
    }

    /// The next attachments; whether one is the first that has its file is a look into the index over files.
    func searched(of project: ProjectID?, after id: AttachmentID, limit: Int) throws -> [SearchedAttachment] {
        let condition = project == nil ? "?2 IS NULL" : "project = ?2"
        return try db.rows(
            """
            SELECT id, name, digest, NOT EXISTS (
                SELECT 1 FROM attachment AS other
                WHERE other.digest = attachment.digest AND \(condition) AND other.id < attachment.id)
            FROM attachment WHERE id > ?1 AND \(condition) ORDER BY id LIMIT ?3
            """, [id.value, project?.value, limit]
        ) { row in
            SearchedAttachment(
                id: AttachmentID(row[0]), name: FileName(row[1] as String), file: try Self.digest(row[2]),
                isFirst: row[3])
        }
    }

    /// The oldest of those that came to a project before a moment.
    func received(of project: ProjectID, before moment: Timestamp, limit: Int) throws -> [AttachmentID] {
        try db.rows(
            "SELECT id FROM attachment WHERE project = ? AND received_at < ? ORDER BY received_at LIMIT ?",
            [project.value, moment.microseconds, limit]
        ) { AttachmentID($0[0]) }
    }

    /// Settles what has waited longest, and says how many that were.
    func settle(receivedBefore moment: Timestamp, limit: Int) throws -> Int {
        let waiting = try db.rows(
            "SELECT id, event_id, project FROM attachment WHERE waits_since < ? ORDER BY waits_since LIMIT ?",
            [moment.microseconds, limit]
        ) { (id: $0[0] as Int64, event: EventID(blob: $0[1]), project: ProjectID($0[2])) }
        for (id, event, project) in waiting {
            let isWanted = try hasOwner(event, in: project)
            try db.run(
                isWanted
                    ? "UPDATE attachment SET waits_since = NULL WHERE id = ?"
                    : "DELETE FROM attachment WHERE id = ?",
                [id])
        }
        return waiting.count
    }

    /// Whether there is something that attachments with this identity belong to.
    func hasOwner(_ event: EventID, in project: ProjectID) throws -> Bool {
        let id: StatementArguments = [event.blob, project.value]
        return try db.number("SELECT 1 FROM event WHERE event_id = ? AND project = ?", id) != nil
            || db.number("SELECT 1 FROM feedback WHERE feedback_id = ? AND project = ?", id) != nil
            || db.number("SELECT 1 FROM trace_item WHERE item_id = ? AND project = ?", id) != nil
    }

    /// Puts files on the list of those that may have lost their last attachment.
    func free(_ files: [FileDigest]) throws {
        for file in files { try db.run("INSERT OR IGNORE INTO freed_file (digest) VALUES (?)", [file.blob]) }
    }

    /// The first of the list of freed files.
    func freed(limit: Int) throws -> [FileDigest] {
        try db.rows("SELECT digest FROM freed_file ORDER BY digest LIMIT ?", [limit]) {
            try Self.digest($0[0])
        }
    }

    func forgetFreed(_ files: [FileDigest]) throws {
        for file in files { try db.run("DELETE FROM freed_file WHERE digest = ?", [file.blob]) }
    }

    func isUsed(_ file: FileDigest) throws -> Bool {
        try db.number("SELECT 1 FROM attachment WHERE digest = ? LIMIT 1", [file.blob]) != nil
    }

    /// The files that attachments have, with their size, as far as they are wanted.
    func files(_ isWanted: (FileDigest, Int64) -> Bool) throws -> [FileDigest] {
        let cursor = try Row.fetchCursor(
            db.cachedStatement(sql: "SELECT digest, max(size) FROM attachment GROUP BY digest"))
        var found: [FileDigest] = []
        while let row = try cursor.next() {
            if let digest = FileDigest(blob: row[0]), isWanted(digest, row[1]) { found.append(digest) }
        }
        return found
    }

    private static let select = """
        SELECT id, project, event_id, name, content_type, kind, size, digest, received_at FROM attachment
        """

    private static func attachment(_ row: Row) throws -> Attachment {
        let file = AttachmentDraft(
            name: FileName(row[3]), type: MediaType(row[4] as String), kind: row[5], size: row[6],
            digest: try digest(row[7]))
        return Attachment(
            id: AttachmentID(row[0]), project: ProjectID(row[1]), event: EventID(blob: row[2]), file: file,
            receivedAt: Timestamp(microseconds: row[8]))
    }

    private static func digest(_ blob: Data) throws -> FileDigest {
        guard let digest = FileDigest(blob: blob) else {
            throw StoreError.unavailable("an attachment's hash has a wrong length")
        }
        return digest
    }
}

extension FileDigest {
    var blob: Data { Data(bytes) }

    init?(blob: Data) {
        self.init(bytes: Array(blob))
    }
}
