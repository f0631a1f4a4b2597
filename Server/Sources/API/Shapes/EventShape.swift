// How the API shows an event.

import FlycatcherWire
import Model
import TapeJSON

/// One event in the API's form.
struct EventShape {
    private let stored: StoredEvent
    private let event: WireEvent
    private let headline: EventHeadline

    init(_ stored: StoredEvent) throws(APIError) {
        self.stored = stored
        event = try WireEvent(stored)
        headline = EventHeadline(event)
    }

    /// Everything that is known of the event.
    var json: JSONValue {
        let entries = EventEntries(event).all
        return
            summary
            .adding(payload)
            .adding([
                "entries": .array(entries.map { ["type": .string($0.name), "data": $0.data] }),
                "_meta": EventAnnotations(event: event).json(entries: entries),
            ])
            .adding(surroundings)
    }

    /// What lists show.
    var summary: JSONValue {
        [
            "id": JSONValue(id: stored.summary.id),
            "eventID": JSONValue(id: stored.summary.id),
            "groupID": JSONValue(id: stored.summary.issue),
            "projectID": JSONValue(id: stored.summary.project),
            "event.type": .string(headline.type),
            "type": .string(headline.type),
            "title": .string(headline.title),
            "message": .string(EventHeadline.message(of: event)),
            "culprit": .string(headline.culprit),
            "location": JSONValue(nonEmpty: headline.filename),
            "platform": .string(event.text("platform") ?? "other"),
            "dateCreated": JSONValue(stored.summary.timestamp),
            "dateReceived": JSONValue(stored.summary.receivedAt),
            "user": user,
            "tags": .array(tags),
            "metadata": headline.metadata,
        ]
    }

    private var payload: JSONValue {
        [
            "size": .integer(Int64(stored.json.count)),
            "dist": JSONValue(nonEmpty: event.text("dist")),
            "release": event.text("release").map { ReleaseShape(version: $0).json } ?? nil,
            "contexts": event.copyObject("contexts"),
            "context": event.copyObject("extra"),
            "packages": event.copyObject("modules"),
            "sdk": event.copy("sdk"),
            "errors": .array(event.values("errors").map(note)),
            "fingerprints": .array(event.elements(of: event.member("fingerprint")).map(event.copy)),
        ]
    }

    private var surroundings: JSONValue {
        [
            "nextEventID": JSONValue(id: stored.position.next),
            "previousEventID": JSONValue(id: stored.position.previous),
            "crashFile": nil,
            "userReport": nil,
            "sdkUpdates": [],
            "occurrence": nil,
        ]
    }

    private var user: JSONValue {
        guard let user = event.member("user") else { return nil }
        return [
            "id": JSONValue(nonEmpty: event.text("id", of: user)),
            "email": JSONValue(nonEmpty: event.text("email", of: user)),
            "username": JSONValue(nonEmpty: event.text("username", of: user)),
            "name": JSONValue(nonEmpty: event.text("name", of: user)),
            "ip_address": JSONValue(nonEmpty: event.text("ip_address", of: user)),
            "geo": event.copy("geo", of: user),
            "data": event.copy("data", of: user),
        ]
    }

    private var tags: [JSONValue] {
        event.pairs(of: event.member("tags")).map { ["key": .string($0.name), "value": $0.value] }
    }

    /// A note of what the server or the client could not use, in the words that people read.
    private func note(_ node: JSONNode) -> JSONValue {
        let type = event.text("type", of: node) ?? "unknown_error"
        let details = event.document.children(of: node).filter { !event.document.hasKey($0, "type") }
        return [
            "type": .string(type),
            "message": .string(Self.messages[type] ?? "The event has a problem: \(type)"),
            "data": .object(details.map { (key: event.document.key($0), value: event.copy($0)) }),
        ]
    }

    private static let messages = [
        "invalid_data": "Discarded an invalid value",
        "invalid_attribute": "Discarded an unknown attribute",
        "missing_attribute": "A required attribute is missing",
        "value_too_long": "Shortened a value that was too long",
        "clock_drift": "The clock of the client was off, its times were corrected",
        "future_timestamp": "The event lay in the future, its time was corrected",
        "past_timestamp": "The event was too old, its time was corrected",
        "invalid_environment": "The environment contains characters that are not allowed",
    ]
}
