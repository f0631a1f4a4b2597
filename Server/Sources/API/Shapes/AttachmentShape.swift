// How the API shows a file that came with an event.

import Model

/// An attachment without its content.
struct AttachmentShape {
    private let attachment: Attachment

    init(_ attachment: Attachment) {
        self.attachment = attachment
    }

    var json: JSONValue {
        [
            "id": .string(attachment.id.description),
            "event_id": JSONValue(id: attachment.event),
            "type": .string(attachment.file.kind),
            "name": .string(attachment.file.name.description),
            "mimetype": .string(attachment.file.type.description),
            "size": .integer(attachment.file.size),
            "sha256": .string(attachment.file.digest.description),
            "headers": ["Content-Type": .string(attachment.file.type.description)],
            "dateCreated": JSONValue(attachment.receivedAt),
        ]
    }
}
