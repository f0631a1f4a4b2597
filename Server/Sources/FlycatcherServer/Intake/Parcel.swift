// What came in one request beside its event, on its way into the store.

import FlycatcherWire
import Ingest
import Model

/// Enclosures, with the files that their attachments are.
struct Parcel: Sendable {
    var enclosures: Enclosures
    private(set) var files: [FinishedUpload] = []

    init(_ arrival: Arrival) {
        enclosures = Enclosures(
            project: arrival.project, key: arrival.key, receivedAt: arrival.receivedAt, event: arrival.eventID
        )
    }

    var isEmpty: Bool { enclosures.isEmpty }

    /// Adds a file as an attachment.
    mutating func attach(_ file: FinishedUpload, named name: String?, type: String?, kind: String? = nil) {
        files.append(file)
        let name = FileName(name)
        enclosures.attachments.append(
            AttachmentDraft(
                name: name, type: FileEnding.type(type, of: name), kind: kind, size: file.size,
                digest: file.digest))
    }

    /// Drops all attachments.
    mutating func detachAll() {
        files = []
        enclosures.attachments = []
    }
}

extension Intake {
    /// Puts files into their places before anything in the store speaks of them.
    func record(_ event: GroupedEvent?, with parcel: Parcel) async throws -> Recording? {
        var enclosures = parcel.enclosures
        if let event { enclosures.event = event.id }
        var kept: [FileDigest] = []
        defer { files.release(kept) }
        for file in parcel.files {
            try await files.keep(file)
            kept.append(file.digest)
        }
        return try await store.record(event, with: enclosures)
    }

    /// Counts attachments that are not kept.
    func countAttachments(of parcel: Parcel, _ kind: Outcome.Kind, reason: String) {
        for (outcome, quantity) in Enclosures.outcomes(
            of: parcel.enclosures.attachments, kind, reason: reason)
        {
            outcomes.count(
                outcome, project: parcel.enclosures.project, key: parcel.enclosures.key, quantity: quantity)
        }
    }
}
