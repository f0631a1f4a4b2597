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

    /// Takes the first off the list of freed files.
    func takeFreed(limit: Int) throws -> [FileDigest] {
        let freed = try db.rows("SELECT digest FROM freed_file ORDER BY digest LIMIT ?", [limit]) {
            FileDigest(blob: $0[0])
        }
        if let last = freed.last {
            try db.run("DELETE FROM freed_file WHERE digest <= ?", [last?.blob])
        }
        return freed.compactMap { $0 }
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
        guard let digest = FileDigest(blob: row[7]) else {
            throw StoreError.unavailable("an attachment's hash has a wrong length")
        }
        let file = AttachmentDraft(
            name: FileName(row[3]), type: MediaType(row[4] as String), kind: row[5], size: row[6],
            digest: digest)
        return Attachment(
            id: AttachmentID(row[0]), project: ProjectID(row[1]), event: EventID(blob: row[2]), file: file,
            receivedAt: Timestamp(microseconds: row[8]))
    }
}

extension FileDigest {
    var blob: Data { Data(bytes) }

    init?(blob: Data) {
        self.init(bytes: Array(blob))
    }
}
