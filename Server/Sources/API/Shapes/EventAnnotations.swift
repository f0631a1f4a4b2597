// How the API shows what the server altered in an event.

import TapeJSON

/// The `_meta` of an event, rearranged along the API's members.
struct EventAnnotations {
    let event: WireEvent

    func json(entries: [EventEntry]) -> JSONValue {
        let meta = event.member("_meta")
        let annotated = entries.enumerated().compactMap { index, entry -> (key: String, value: JSONValue)? in
            guard let note = event.member(entry.wireKey, of: meta) else { return nil }
            return (key: String(index), value: ["data": event.copy(note)])
        }
        return [
            "entries": .object(annotated),
            "message": event.copy("logentry", of: meta),
            "user": event.copy("user", of: meta),
            "contexts": event.copy("contexts", of: meta),
            "context": event.copy("extra", of: meta),
            "packages": event.copy("modules", of: meta),
            "tags": event.copy("tags", of: meta),
            "sdk": event.copy("sdk", of: meta),
        ]
    }
}
