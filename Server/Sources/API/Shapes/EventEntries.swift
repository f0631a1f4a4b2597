// The larger parts of an event, each an entry of its own in the API.

import TapeJSON

/// A large part of an event.
struct EventEntry {
    /// The type of the entry in the API.
    let name: String
    /// Where it stands in the wire form.
    let wireKey: JSONKey
    let data: JSONValue
}

/// Makes the entries of an event.
struct EventEntries {
    private let event: WireEvent

    init(_ event: WireEvent) {
        self.event = event
    }

    /// The entries that the event has, the most telling first.
    var all: [EventEntry] {
        let entries: [(name: String, wireKey: JSONKey, data: JSONValue?)] = [
            (name: "exception", wireKey: "exception", data: exception),
            (name: "threads", wireKey: "threads", data: threads),
            (name: "message", wireKey: "logentry", data: message),
            (name: "breadcrumbs", wireKey: "breadcrumbs", data: breadcrumbs),
            (name: "request", wireKey: "request", data: request),
            (name: "csp", wireKey: "csp", data: event.member("csp").map(event.copy)),
            (name: "debugmeta", wireKey: "debug_meta", data: event.member("debug_meta").map(event.copy)),
        ]
        return entries.compactMap { entry in
            entry.data.map { EventEntry(name: entry.name, wireKey: entry.wireKey, data: $0) }
        }
    }

    private var exception: JSONValue? {
        let values = event.values("exception")
        guard !values.isEmpty else { return nil }
        let stacks = values.map { StackShape(event: event, stack: event.member("stacktrace", of: $0)) }
        return [
            "values": .array(zip(values, stacks).map(exceptionValue)),
            "excOmitted": nil,
            "hasSystemFrames": .bool(stacks.contains(where: \.hasSystemFrames)),
        ]
    }

    private func exceptionValue(_ value: JSONNode, stack: StackShape) -> JSONValue {
        [
            "type": event.copy("type", of: value),
            "value": event.copy("value", of: value),
            "module": event.copy("module", of: value),
            "threadId": event.copy("thread_id", of: value),
            "mechanism": event.copy("mechanism", of: value),
            "stacktrace": stack.json,
            "rawStacktrace": nil,
        ]
    }

    private var threads: JSONValue? {
        let values = event.values("threads")
        return values.isEmpty ? nil : ["values": .array(values.map(thread))]
    }

    private func thread(_ value: JSONNode) -> JSONValue {
        [
            "id": event.copy("id", of: value),
            "name": event.copy("name", of: value),
            "crashed": .bool(event.bool("crashed", of: value) ?? false),
            "current": .bool(event.bool("current", of: value) ?? false),
            "state": event.copy("state", of: value),
            "heldLocks": event.copy("held_locks", of: value),
            "stacktrace": StackShape(event: event, stack: event.member("stacktrace", of: value)).json,
            "rawStacktrace": nil,
        ]
    }

    private var message: JSONValue? {
        let text = EventHeadline.message(of: event)
        guard !text.isEmpty else { return nil }
        let entry = event.member("logentry")
        return [
            "formatted": .string(text),
            "message": event.copy("message", of: entry),
            "params": event.copy("params", of: entry),
        ]
    }

    private var breadcrumbs: JSONValue? {
        let values = event.values("breadcrumbs")
        return values.isEmpty ? nil : ["values": .array(values.map(breadcrumb))]
    }

    private func breadcrumb(_ value: JSONNode) -> JSONValue {
        [
            "type": .string(event.text("type", of: value) ?? "default"),
            "category": event.copy("category", of: value),
            "level": .string(event.text("level", of: value) ?? "info"),
            "message": event.copy("message", of: value),
            "data": event.copy("data", of: value),
            "timestamp": JSONValue(event.moment("timestamp", of: value)),
            "event_id": event.copy("event_id", of: value),
        ]
    }

    private var request: JSONValue? {
        guard let request = event.member("request") else { return nil }
        return [
            "method": event.copy("method", of: request),
            "url": event.copy("url", of: request),
            "query": event.pairs("query_string", of: request, separator: "&"),
            "fragment": event.copy("fragment", of: request),
            "headers": event.pairs("headers", of: request, separator: "\n"),
            "cookies": event.pairs("cookies", of: request, separator: ";"),
            "data": event.copy("data", of: request),
            "env": event.copy("env", of: request),
            "inferredContentType": event.copy("inferred_content_type", of: request),
            "apiTarget": event.copy("api_target", of: request),
        ]
    }
}
