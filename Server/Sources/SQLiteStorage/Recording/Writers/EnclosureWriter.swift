// Adds what came beside an event.

import FlycatcherWire
import GRDB
import Model

/// What the recorder does with ``Enclosures``.
struct EnclosureWriter {
    let db: Database

    /// Adds attachments, and gives those that were not there yet.
    ///
    /// - Parameter hasEvent: whether the event that they belong to is being recorded with them.
    func addAttachments(of enclosures: Enclosures, hasEvent: Bool) throws -> [AttachmentDraft] {
        guard let event = enclosures.event, !enclosures.attachments.isEmpty else { return [] }
        let table = AttachmentTable(db: db)
        let waits = try !hasEvent && !table.hasOwner(event, in: enclosures.project)
        return try table.insert(
            enclosures.attachments, of: event, in: enclosures.project, at: enclosures.receivedAt, waits: waits
        )
    }
}
