// What people do about grouping: rules, merging, deleting, discarding.

import Hummingbird
import Ingest
import Model
import Web

extension Composition {
    /// `/projects/NAME/grouping/` and the forms of an issue.
    func addGroupingRoutes(to pages: RouterGroup<FlycatcherRequestContext>) {
        pages.get("projects/{project}/grouping") { request, context in
            let project = try await project(request, context)
            let settings = try await store.groupingSettings()[project.id] ?? GroupingSettings()
            return html(
                GroupingPage(project, settings: settings, context: try await pageContext(context)))
        }
        pages.post("projects/{project}/grouping") { request, context in
            try await changeRules(request, context)
        }
        pages.post("issues/{issue}/merge") { request, context in
            let issue = try await issueToChange(request, context)
            guard let id = ShortID(context.form["issue"] ?? ""), let other = try await store.issue(id),
                other.project == issue.project, other.id != issue.id
            else { throw PageError.notFound("The other issue of this project") }
            let merged = try await store.merge([issue.id, other.id])
            let left = merged == issue.id ? issue : other
            return redirect(to: "issues/\(left.shortID)/")
        }
        pages.post("issues/{issue}/delete") { request, context in
            try await store.delete(try await issueToChange(request, context).id)
            return redirect(to: "issues/")
        }
        pages.post("issues/{issue}/discard") { request, context in
            try await store.discard(try await issueToChange(request, context).id, at: accounts.now())
            return redirect(to: "issues/")
        }
    }

    private func issueToChange(
        _ request: Request, _ context: FlycatcherRequestContext
    ) async throws -> Issue {
        guard try session(request, context).user.role != .member else {
            throw PageError.forbidden("Only managers and owners change grouping. Ask one of them.")
        }
        return try await issue(request, context)
    }

    private func changeRules(
        _ request: Request, _ context: FlycatcherRequestContext
    ) async throws -> Response {
        let project = try await project(request, context)
        guard try session(request, context).user.role != .member else {
            throw PageError.forbidden("Only managers and owners change rules. Ask one of them.")
        }
        var settings = try await store.groupingSettings()[project.id] ?? GroupingSettings()
        settings.fingerprintRules = context.form["fingerprint_rules"] ?? ""
        settings.stackRules = context.form["stack_rules"] ?? ""
        let rules = GroupingRules(settings)
        let isSound = rules.fingerprintErrors.isEmpty && rules.stackErrors.isEmpty
        let regrouping = Regrouping(store: store, project: project.id, rules: rules)
        var forecast: GroupingForecast?
        var news = ""
        if isSound {
            switch context.form["do"] {
            case "save", "regroup":
                try await store.setGroupingSettings(settings, of: project.id)
                try await projects.reload()
                news = "The rules are saved; they hold for every event from now on."
                if context.form["do"] == "regroup" {
                    news += " Merged issues: \(try await regrouping.apply())."
                }
            default: forecast = try await regrouping.forecast()
            }
        }
        let page = GroupingPage(
            project, settings: settings, fingerprintErrors: rules.fingerprintErrors,
            stackErrors: rules.stackErrors, forecast: forecast, news: news,
            context: try await pageContext(context))
        return html(page, status: isSound ? .ok : .unprocessableContent)
    }
}
