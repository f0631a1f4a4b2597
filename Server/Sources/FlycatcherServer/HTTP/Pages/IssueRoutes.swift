// Issues and their events.

import FlycatcherWire
import Hummingbird
import Ingest
import Model
import Web

extension Composition {
    /// `/issues/…`.
    func addIssueRoutes(to pages: RouterGroup<FlycatcherRequestContext>) {
        pages.get("issues") { request, context in
            _ = try session(request, context)
            let query = FormFields(request.uri.query ?? "")
            let address = StreamAddress { query[$0] }
            if let path = try await jump(from: address.text) { return redirect(to: path) }
            return html(
                try await IssueStreamPage(address, store: store, context: try await pageContext(context)))
        }
        pages.get("issues/{issue}") { request, context in
            try await eventPage(.latest, request, context)
        }
        pages.get("issues/{issue}/events") { request, context in
            let issue = try await issue(request, context)
            let place = FormFields(request.uri.query ?? "")["after"]
            let page = try await EventListPage(
                issue, after: place, store: store, context: try await pageContext(context))
            return html(page)
        }
        pages.get("issues/{issue}/events/{event}") { request, context in
            try await eventPage(try eventChoice(context), request, context)
        }
        pages.get("issues/{issue}/events/{event}/json") { request, context in
            let issue = try await issue(request, context)
            guard let event = try await store.event(try eventChoice(context), of: issue.id) else {
                throw PageError.notFound("This event")
            }
            return Response(type: "application/json", bytes: event.json)
        }
        pages.get("issues/{issue}/events/{event}/attachments/{attachment}") { request, context in
            guard let response = try await download(try await attachment(request, context)) else {
                throw PageError.notFound("The file of this attachment")
            }
            return response
        }
        pages.get("issues/{issue}/events/{event}/attachments/{attachment}/picture") { request, context in
            guard let response = try await picture(try await attachment(request, context)) else {
                throw PageError.notFound("A picture")
            }
            return response
        }
    }

    private func attachment(
        _ request: Request, _ context: FlycatcherRequestContext
    ) async throws -> Attachment {
        let issue = try await issue(request, context)
        guard let event = try await store.event(try eventChoice(context), of: issue.id)?.summary,
            let id = AttachmentID(text: try context.parameters.require("attachment")),
            let attachment = try await store.attachment(id, of: event.id, in: event.project)
        else { throw PageError.notFound("This attachment") }
        return attachment
    }

    private func eventPage(
        _ choice: EventChoice, _ request: Request, _ context: FlycatcherRequestContext
    ) async throws -> Response {
        let issue = try await issue(request, context)
        let pageContext = try await pageContext(context)
        let reader = GroupingReader(projects.rules(of: issue.project))
        guard
            let page = try await IssueDetailPage(
                issue, event: choice, store: store, explain: { reader.explanation(of: $0.json) },
                read: { try await shortText($0) }, context: pageContext)
        else {
            throw PageError.notFound("This event of \(issue.shortID)")
        }
        return html(page)
    }

    func issue(_ request: Request, _ context: FlycatcherRequestContext) async throws -> Issue {
        _ = try session(request, context)
        let text = try context.parameters.require("issue")
        guard let id = ShortID(text), let issue = try await store.issue(id) else {
            throw PageError.notFound("This issue")
        }
        return issue
    }

    private func eventChoice(_ context: FlycatcherRequestContext) throws -> EventChoice {
        switch try context.parameters.require("event") {
        case "latest": return .latest
        case "oldest": return .oldest
        case let text:
            guard let id = EventID(text) else { throw PageError.notFound("This event") }
            return .id(id)
        }
    }

    /// Where a search leads that names an event or an issue; nil for any other text.
    private func jump(from text: String) async throws -> String? {
        switch SearchTarget(text) {
        case .event(let id):
            guard let event = try await store.events(withID: id).first,
                let issue = try await store.issue(event.issue)
            else { return nil }
            return "issues/\(issue.shortID)/events/\(id)/"
        case .issue(let id):
            return try await store.issue(id).map { "issues/\($0.shortID)/" }
        case .text:
            return nil
        }
    }
}
