// Attachments as items of the envelope of their event.

import FlycatcherWire

/// Makes the items of attachments, and counts those that cannot be sent; for the worker's thread.
struct AttachmentItems: Sendable {
    private let limit: Int
    private let diagnostics: Diagnostics
    private let discards: Discards

    init(_ settings: Settings, _ discards: Discards) {
        limit = settings.maxAttachmentSize
        diagnostics = settings.diagnostics
        self.discards = discards
    }

    /// The items of all attachments that can be sent; they are lost with the first content of their parcel.
    func contents(of attachments: [Flycatcher.Attachment]) -> [Parcel.Content] {
        attachments.compactMap { attachment in
            do throws(FileContent.Failure) {
                return Self.content(attachment, try bytes(of: attachment))
            } catch {
                diagnostics.note("the attachment \(attachment.safeFilename) is left out: \(error)")
                discards.record(error.losses, .invalid)
                return nil
            }
        }
    }

    private func bytes(of attachment: Flycatcher.Attachment) throws(FileContent.Failure) -> [UInt8] {
        switch attachment.source {
        case .file(let path): return try FileContent.bytes(path: path, limit: limit)
        case .bytes(let bytes):
            guard bytes.count <= limit else { throw .tooLarge(byteCount: bytes.count) }
            return bytes
        }
    }

    private static func content(_ attachment: Flycatcher.Attachment, _ bytes: [UInt8]) -> Parcel.Content {
        let header = EnvelopeItemHeader(
            type: "attachment", contentType: attachment.knownContentType, filename: attachment.safeFilename,
            attachmentType: attachment.kind.rawValue)
        var content = Parcel.Content(EnvelopeItem(header: header, payload: .kept(bytes)), .attachment)
        content.losses = [Loss(.attachment, bytes.count), Loss(.attachmentItem, 1)]
        content.isDependent = true
        return content
    }
}

extension Flycatcher.Attachment {
    /// What is lost with it before it is read: in bytes too, if they are at hand.
    var losses: [Loss] {
        guard case .bytes(let bytes) = source else { return [Loss(.attachmentItem, 1)] }
        return [Loss(.attachment, bytes.count), Loss(.attachmentItem, 1)]
    }
}

extension FileContent.Failure {
    /// What is lost, in bytes too where it is known how many.
    fileprivate var losses: [Loss] {
        guard case .tooLarge(let byteCount) = self else { return [Loss(.attachmentItem, 1)] }
        return [Loss(.attachment, byteCount), Loss(.attachmentItem, 1)]
    }
}
