// Gives the event its id (protocol 9.1).

import FlycatcherWire
import TapeJSON

/// The id comes from the envelope, else from the payload, else it is new.
enum Identity {
    static func apply(_ draft: inout EventDraft) throws(Drop) {
        if draft.arrival.eventID == nil, let node = draft.document["event_id"] {
            if let id = draft.document.string(node).flatMap({ EventID($0) }) {
                draft.id = id
            } else if draft.document.kind(node) != .null {
                if draft.arrival.endpoint == .store { throw .invalidEventID }
                draft.notes.add(.invalidData, at: ["event_id"], value: draft.excerpt(node))
            }
        }
        let id = draft.document.makeString(draft.id.description)
        draft.document.set("event_id", of: draft.root, to: id)
    }
}
