// The wire form of an event.

import FlycatcherWire
import TapeJSON

extension Flycatcher.Event {
    /// The event as the payload of an envelope's item (protocol section 7).
    func json() -> [UInt8] {
        var json = JSONDocument()
        write(to: &json)
        return json.serialized(json.root)
    }

    /// Adds what the event says to a document's members.
    func write(to json: inout JSONDocument) {
        let root = json.root
        json.put("event_id", id.description, in: root)
        json.put("timestamp", timestamp?.description, in: root)
        json.put("platform", "native", in: root)
        json.put("level", level?.rawValue, in: root)
        json.put("logger", logger, in: root)
        json.put("transaction", transaction, in: root)
        json.put("server_name", serverName, in: root)
        json.put("release", release, in: root)
        json.put("dist", dist, in: root)
        json.put("environment", environment, in: root)
        json.put("logentry", message, in: root)
        json.put("exception", values: exceptions, in: root)
        json.put("threads", values: threads, in: root)
        json.put("debug_meta", images.isEmpty ? nil : ["images": images], in: root)
        json.put("modules", modules, in: root)
        json.put("breadcrumbs", values: breadcrumbs, in: root)
        json.put("tags", tags.mapValues { $0.truncated(to: WireLimits.nameBytes) }, in: root)
        json.put("extra", extra, in: root)
        json.put("contexts", contexts, in: root)
        json.put("user", user, in: root)
        json.put("request", request, in: root)
        json.put("fingerprint", fingerprint, in: root)
        json.put("sdk", ["name": SDKIdentity.name, "version": SDKIdentity.version], in: root)
    }

    /// The event's wire form within the limit for an item: what is too large gives up its least important parts.
    ///
    /// - Returns: nil when even the rest is too large.
    func boundedJSON(limit: Int = WireLimits.eventBytes) -> [UInt8]? {
        let sacrifices: [(inout Self) -> Void] = [
            { _ in },
            { $0.modules = [:] },
            { $0.breadcrumbs = $0.breadcrumbs.suffix(10) },
            { $0.breadcrumbs = [] },
            { $0.request?.data = nil },
            { $0.extra = [:] },
            { $0.shortenThreads() },
            { $0.threads = [] },
            { $0.contexts = [:] },
        ]
        var event = self
        for sacrifice in sacrifices {
            sacrifice(&event)
            let json = event.json()
            if json.count <= limit { return json }
        }
        return nil
    }
}

extension Flycatcher.Event {
    /// Keeps of each thread only the calls that tell what it was doing.
    fileprivate mutating func shortenThreads() {
        for index in threads.indices {
            let calls = threads[index].stackTrace?.frames.suffix(8)
            threads[index].stackTrace?.frames = Array(calls ?? [])
        }
    }
}

extension Flycatcher.Message: JSONRepresentable {
    func node(in json: inout JSONDocument) -> JSONNode? {
        let object = json.makeObject()
        json.put("formatted", formatted, in: object)
        json.put("message", template, in: object)
        json.put("params", parameters, in: object)
        return object
    }
}

extension Flycatcher.ThreadState: JSONRepresentable {
    func node(in json: inout JSONDocument) -> JSONNode? {
        let object = json.makeObject()
        json.put("id", id, in: object)
        json.put("name", name, in: object)
        json.put("current", isCurrent, in: object)
        json.put("crashed", isCrashed ? true : nil, in: object)
        json.put("main", isMain ? true : nil, in: object)
        json.put("stacktrace", stackTrace, in: object)
        return object
    }
}

extension Flycatcher.Breadcrumb: JSONRepresentable {
    func node(in json: inout JSONDocument) -> JSONNode? {
        let object = json.makeObject()
        json.put("timestamp", timestamp.description, in: object)
        json.put("type", type, in: object)
        json.put("category", category, in: object)
        json.put("message", message, in: object)
        json.put("level", level.rawValue, in: object)
        json.put("data", data, in: object)
        return object
    }
}

extension Flycatcher.User: JSONRepresentable {
    func node(in json: inout JSONDocument) -> JSONNode? {
        let object = json.makeObject()
        json.put("id", id, in: object)
        json.put("username", username, in: object)
        json.put("email", email, in: object)
        json.put("name", name, in: object)
        json.put("ip_address", ipAddress, in: object)
        json.put("data", data, in: object)
        return object
    }
}
