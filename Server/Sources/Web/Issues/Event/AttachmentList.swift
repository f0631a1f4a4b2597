// The files that came with an event, as its page shows them.

import FlycatcherWire
import Model

/// The attachments of an event.
struct AttachmentList: View {
    /// So many are shown; the web API has the rest.
    static let maximumCount = 50
    /// So many of them are opened to show the text in them.
    static let maximumTextCount = 10

    let files: [AttachmentLine]
    let count: Int

    /// Nil when the event has none.
    init?(
        of event: EventSummary, issue: ShortID, store: any Store,
        _ read: @Sendable (Attachment) async throws -> String?, _ context: PageContext
    ) async throws {
        let attachments = try await store.attachments(of: event.id, in: event.project)
        guard !attachments.isEmpty else { return nil }
        count = attachments.count
        let folder = context.links.event(event.id, of: issue) + "attachments/"
        var files: [AttachmentLine] = []
        for (index, attachment) in attachments.prefix(Self.maximumCount).enumerated() {
            let text = index < Self.maximumTextCount ? try await read(attachment) : nil
            files.append(AttachmentLine(attachment, text: text, folder: folder))
        }
        self.files = files
    }

    func child(named name: String) -> Any? {
        switch name {
        case "files": files
        case "count": Count(count).exact
        case "omitted": count > files.count ? Count(count - files.count).exact : false
        default: false
        }
    }
}

/// One attachment.
struct AttachmentLine: View {
    private let file: AttachmentDraft
    private let text: String?
    private let link: String

    init(_ attachment: Attachment, text: String?, folder: String) {
        file = attachment.file
        self.text = text
        link = "\(folder)\(attachment.id)/"
    }

    func child(named name: String) -> Any? {
        switch name {
        case "link": link
        case "name": file.name.description
        case "size": ByteCount(file.size).short
        case "type": file.type.description
        case "kind": file.kind == AttachmentDraft.usualKind ? false : file.kind
        case "picture": file.type.isPicture ? link + "picture/" : false
        case "text": optional(text ?? "")
        default: false
        }
    }
}

extension Optional where Wrapped: Sendable {
    /// Maps what there is by something that takes time.
    func asyncMap<Result>(_ transform: (Wrapped) async throws -> Result) async rethrows -> Result? {
        guard let self else { return nil }
        return try await transform(self)
    }
}
