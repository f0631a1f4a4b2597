// What a project may bring, as people say it.

import Hummingbird
import Model
import Web

extension Composition {
    /// `/projects/NAME/limits/`.
    func addLimitRoutes(to pages: RouterGroup<FlycatcherRequestContext>) {
        pages.get("projects/{project}/limits") { request, context in
            let project = try await project(request, context)
            let allowance = try await store.allowances()[project.id] ?? ProjectAllowance()
            return html(
                LimitsPage(
                    project, allowance: LimitsDraft(allowance), standard: standardLimits,
                    spikeLimit: quotas.spikeLimit(of: project.id), context: try await pageContext(context)))
        }
        pages.post("projects/{project}/limits") { request, context in
            try await changeLimits(request, context)
        }
    }

    private func changeLimits(
        _ request: Request, _ context: FlycatcherRequestContext
    ) async throws -> Response {
        let project = try await project(request, context)
        guard try session(request, context).user.role != .member else {
            throw PageError.forbidden("Only managers and owners change limits. Ask one of them.")
        }
        let draft = LimitsDraft(
            burst: (context.form["burst"] ?? "").trimmed, quota: (context.form["quota"] ?? "").trimmed,
            spikes: (context.form["spikes"] ?? "").trimmed, keepsAll: context.form["keeps_all"] != nil)
        guard let allowance = draft.allowance else {
            let page = LimitsPage(
                project, allowance: draft, standard: standardLimits,
                spikeLimit: quotas.spikeLimit(of: project.id), failure: draft.failure,
                context: try await pageContext(context))
            return html(page, status: .unprocessableContent)
        }
        try await store.setAllowance(allowance, of: project.id)
        try await projects.reload()
        return html(
            LimitsPage(
                project, allowance: LimitsDraft(allowance), standard: standardLimits,
                spikeLimit: quotas.spikeLimit(of: project.id),
                news: "Saved; it holds from now on.", context: try await pageContext(context)))
    }

    private var standardLimits: LimitsDraft {
        func text(_ limit: KeyLimit?) -> String { limit.map { Allowance.limited($0).text } ?? "off" }
        let plan = configuration.quotas
        return LimitsDraft(
            burst: text(plan.burst), quota: text(plan.project), spikes: plan.spikes.map { "\($0)" } ?? "off",
            keepsAll: false)
    }
}
