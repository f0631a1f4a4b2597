// Forgetting persons, for managers and owners.

import Hummingbird
import Model
import Web

extension Composition {
    /// `/settings/erasure/`.
    func addErasureRoutes(to pages: RouterGroup<FlycatcherRequestContext>) {
        pages.get("settings/erasure") { request, context in
            _ = try manager(request, context)
            return try await erasurePage(ErasureFields(), .asking, context)
        }
        pages.post("settings/erasure") { request, context in
            try await orderErasure(request, context)
        }
    }

    private func manager(_ request: Request, _ context: FlycatcherRequestContext) throws -> User {
        let user = try session(request, context).user
        guard user.role != .member else {
            throw PageError.forbidden("Only managers and owners forget persons. Ask one of them.")
        }
        return user
    }

    private func orderErasure(
        _ request: Request, _ context: FlycatcherRequestContext
    ) async throws -> Response {
        let user = try manager(request, context)
        let form = context.form
        let fields = ErasureFields(
            kind: form["kind"] ?? "", subject: (form["subject"] ?? "").trimmed, project: form["project"] ?? ""
        )
        let subject = ErasureSubject.Kind(rawValue: fields.kind).map { ErasureSubject($0, fields.subject) }
        guard let subject, PersonalTrait(subject) != nil else {
            return try await erasurePage(fields, .refused("This is no such id or address."), context)
        }
        let project = try await store.projects().first { $0.slug == fields.project }?.id
        guard project != nil || fields.project.isEmpty else { throw PageError.notFound("This project") }
        guard form["confirmed"] != nil else { return try await erasurePage(fields, .confirming, context) }
        do {
            _ = try await store.addErasure(of: subject, in: project, by: user.email, at: accounts.now())
            return redirect(to: "settings/erasure/")
        } catch StoreError.conflict {
            return try await erasurePage(
                fields, .refused("\(ErasureOrder.maximumWaitingCount) erasures wait already."), context)
        }
    }

    private func erasurePage(
        _ fields: ErasureFields, _ state: ErasurePage.State, _ context: FlycatcherRequestContext
    ) async throws -> Response {
        let page = ErasurePage(
            try await store.erasures(limit: Self.shownErasures), form: fields, state: state,
            context: try await pageContext(context))
        if case .refused = state { return html(page, status: .unprocessableContent) }
        return html(page)
    }

    private static let shownErasures = 50
}
