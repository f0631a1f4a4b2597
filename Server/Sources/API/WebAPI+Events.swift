// Events: by id, by their place in an issue, and as they were stored.

import FlycatcherWire
import Model

extension WebAPI {
    /// `GET /organizations/{org}/eventids/{event}/`: which project and issue an event belongs to.
    func eventID(_ call: APICall) async throws -> APIResponse {
        try requireOrganization(call)
        let id = try requireEventID(call)
        guard let summary = try await store.events(withID: id).max(by: { $0.receivedAt < $1.receivedAt }),
            let event = try await store.event(id, in: summary.project)
        else { throw APIError.notFound("event \(id)") }
        return APIResponse([
            "organizationSlug": .string(organization.slug),
            "projectSlug": .string(summary.projectSlug),
            "groupId": JSONValue(id: summary.issue),
            "eventId": JSONValue(id: id),
            "event": try EventShape(event).json,
        ])
    }

    /// `GET /projects/{org}/{project}/events/{event}/`.
    func event(_ call: APICall) async throws -> APIResponse {
        APIResponse(try EventShape(try await requireEvent(call)).json)
    }

    /// `GET /projects/{org}/{project}/events/{event}/json/`: the normalised event, byte by byte as it is stored.
    func eventJSON(_ call: APICall) async throws -> APIResponse {
        APIResponse(body: try await requireEvent(call).json)
    }

    /// `GET /organizations/{org}/issues/{issue}/events/{event}/`, where the event may be `latest` or `oldest`.
    func issueEvent(_ call: APICall) async throws -> APIResponse {
        let issue = try await requireIssue(call)
        guard let event = try await store.event(try eventChoice(call), of: issue.id) else {
            throw APIError.notFound("event \(call["event"]) of issue \(issue.shortID)")
        }
        return APIResponse(try EventShape(event).json)
    }

    /// `GET /organizations/{org}/issues/{issue}/events/`: its stored events, newest first.
    func issueEvents(_ call: APICall) async throws -> APIResponse {
        let issue = try await requireIssue(call)
        let limit = try call.request.limit(default: 25)
        let after = try EventCursor(parameter: call.request.nonEmpty("cursor"))
        let found = try await store.events(of: issue.id, after: after, limit: limit + 1)
        let page = found.prefix(limit)
        let next = found.count > limit ? page.last.map { EventCursor(behind: $0).parameter } : nil
        let links = PageLinks(publicURL: publicURL, request: call.request, next: next)
        return APIResponse(headers: [links.header], .array(try await shapes(of: page, for: call)))
    }

    private func shapes(of page: ArraySlice<EventSummary>, for call: APICall) async throws -> [JSONValue] {
        var shapes: [JSONValue] = []
        for summary in page {
            // An event that retention took away meanwhile is left out.
            guard let event = try await store.event(summary.id, in: summary.project) else { continue }
            let shape = try EventShape(event)
            shapes.append(call.request.isSet("full") ? shape.json : shape.summary)
        }
        return shapes
    }

    func requireEvent(_ call: APICall) async throws -> StoredEvent {
        let project = try await requireProject(call)
        let id = try requireEventID(call)
        guard let event = try await store.event(id, in: project.id) else {
            throw APIError.notFound("event \(id) in project \(project.slug)")
        }
        return event
    }

    func requireEventID(_ call: APICall) throws(APIError) -> EventID {
        guard let id = EventID(call["event"]) else {
            throw .badRequest("an event id has 32 hexadecimal digits, unlike \(call["event"])")
        }
        return id
    }

    private func eventChoice(_ call: APICall) throws(APIError) -> EventChoice {
        switch call["event"] {
        case "latest", "recommended": .latest
        case "oldest": .oldest
        default: .id(try requireEventID(call))
        }
    }
}

extension EventCursor {
    /// The place right behind an event.
    init(behind event: EventSummary) {
        self.init(timestamp: event.timestamp, id: event.id)
    }

    /// Reads `MICROSECONDS:EVENT:0`; nil for the beginning.
    init?(parameter text: String?) throws(APIError) {
        guard let text, text != PageLinks.firstPage else { return nil }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, let microseconds = Int64(parts[0]), let id = EventID(parts[1]) else {
            throw .badRequest("the cursor \(text) is not one of ours")
        }
        self.init(timestamp: Timestamp(microseconds: microseconds), id: id)
    }

    var parameter: String { "\(timestamp.microseconds):\(id):0" }
}
