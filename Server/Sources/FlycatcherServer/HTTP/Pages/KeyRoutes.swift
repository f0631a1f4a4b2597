// The client keys of a project: making, naming, limiting, switching, rotating and deleting them.

import FlycatcherWire
import Hummingbird
import Model
import Web

extension Composition {
    /// `/projects/NAME/settings/keys/…`.
    func addKeyRoutes(to pages: RouterGroup<FlycatcherRequestContext>) {
        pages.get("projects/{project}/settings/keys") { request, context in
            try await keysPage(of: try await project(request, context), context)
        }
        pages.post("projects/{project}/settings/keys") { request, context in
            let project = try await projectToChange(request, context)
            guard let label = ProjectKey.label(context.form["label"] ?? "") else {
                return try await keysPage(of: project, failure: Self.labelRule, context)
            }
            do {
                _ = try await store.createKey(label: label, of: project.id, at: accounts.now())
            } catch StoreError.conflict {
                return try await keysPage(of: project, failure: Self.countRule, context)
            }
            return redirect(to: "projects/\(project.slug)/settings/keys/")
        }
        pages.post("projects/{project}/settings/keys/{key}") { request, context in
            try await changeKey(request, context)
        }
    }

    private static let labelRule =
        "A key needs a name of at most \(ProjectKey.maximumLabelLength) characters."
    private static let countRule = "A project has at most \(ProjectKey.maximumCount) keys. Delete one first."
    private static let limitRule = "A limit is a number of events from 0 on, or nothing at all."

    private func keysPage(
        of project: Project, news: String = "", failure: String? = nil, _ context: FlycatcherRequestContext
    ) async throws -> Response {
        let keys = try await store.projectKeys(of: project.id).map {
            (key: $0, dsn: try address.url.dsn(of: $0))
        }
        let page = KeysPage(
            project, keys: keys, news: news, failure: failure, context: try await pageContext(context))
        return html(page, status: failure == nil ? .ok : .unprocessableContent)
    }

    private func changeKey(_ request: Request, _ context: FlycatcherRequestContext) async throws -> Response {
        let project = try await projectToChange(request, context)
        let id = Int64(try context.parameters.require("key"))
        guard let key = try await store.projectKeys(of: project.id).first(where: { $0.id == id }) else {
            throw PageError.notFound("This key")
        }
        let form = context.form
        let now = accounts.now()
        switch form["do"] {
        case "enable":
            _ = try await store.changeKey(key.id, of: project.id) { key in
                key.isEnabled = true
                key.endsAt = key.endsAt.flatMap { $0 > now ? $0 : nil }
            }
            return try await keysPage(of: project, news: "\(key.label) lets events in again.", context)
        case "disable":
            _ = try await store.changeKey(key.id, of: project.id) { $0.isEnabled = false }
            return try await keysPage(of: project, news: "\(key.label) lets nothing in any more.", context)
        case "rotate":
            let seconds = min(max(Int64(form["after"] ?? "") ?? 0, 0), Self.longestRotation)
            let end = seconds == 0 ? nil : now.advanced(byMicroseconds: seconds * 1_000_000)
            do {
                _ = try await store.rotateKey(key, endingAt: end, at: now)
            } catch StoreError.conflict {
                return try await keysPage(of: project, failure: Self.countRule, context)
            }
            return try await keysPage(
                of: project, news: "\(key.label) has a successor. Give your apps its DSN.", context)
        case "delete":
            try await store.deleteKey(key.id, of: project.id)
            return try await keysPage(of: project, news: "\(key.label) is gone.", context)
        default:
            return try await save(key, of: project, context)
        }
    }

    /// How long a key may go on beside its successor: a year.
    private static let longestRotation: Int64 = 366 * 86_400

    private func save(
        _ key: ProjectKey, of project: Project, _ context: FlycatcherRequestContext
    ) async throws -> Response {
        let form = context.form
        guard let label = ProjectKey.label(form["label"] ?? "") else {
            return try await keysPage(of: project, failure: Self.labelRule, context)
        }
        var limit: KeyLimit?
        let count = (form["limit_count"] ?? "").trimmed
        if !count.isEmpty {
            limit = Int64(count).flatMap { count in
                Int64(form["limit_seconds"] ?? "").flatMap { KeyLimit(count: count, windowSeconds: $0) }
            }
            guard limit != nil else {
                return try await keysPage(of: project, failure: Self.limitRule, context)
            }
        }
        let wanted = limit
        _ = try await store.changeKey(key.id, of: project.id) { key in
            key.label = label
            key.limit = wanted
        }
        return try await keysPage(of: project, news: Self.savedNews, context)
    }
}
