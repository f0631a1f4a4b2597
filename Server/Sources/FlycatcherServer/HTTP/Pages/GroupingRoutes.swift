// What people do about grouping: rules, merging, unmerging, deleting, discarding.

import Hummingbird
import Ingest
import Model
import Web

extension Composition {
    /// `/projects/NAME/grouping/`, and what an issue's pages say and do about grouping.
    func addGroupingRoutes(to pages: RouterGroup<FlycatcherRequestContext>) {
        addRuleRoutes(to: pages)
        addStrandRoutes(to: pages)
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

    /// `/projects/NAME/grouping/`.
    private func addRuleRoutes(to pages: RouterGroup<FlycatcherRequestContext>) {
        pages.get("projects/{project}/grouping") { request, context in
            let project = try await project(request, context)
            let settings = try await store.groupingSettings()[project.id] ?? GroupingSettings()
            let leftCount = try await store.regroupingCount(of: project.id)
            return html(
                GroupingPage(
                    project, settings: settings, news: Self.news(ofRegrouping: leftCount),
                    context: try await pageContext(context)))
        }
        pages.post("projects/{project}/grouping") { request, context in
            try await changeRules(request, context)
        }
    }

    /// What an issue consists of, taking it apart, and issues like it.
    private func addStrandRoutes(to pages: RouterGroup<FlycatcherRequestContext>) {
        pages.get("issues/{issue}/hashes") { request, context in
            let issue = try await issue(request, context)
            let strands = IssueStrands(store: store, rules: projects.rules(of: issue.project))
            return html(
                StrandPage(
                    issue, strands: try await strands.strands(of: issue.id),
                    context: try await pageContext(context)))
        }
        pages.post("issues/{issue}/unmerge") { request, context in
            let issue = try await issueToChange(request, context)
            let hashes = context.form.values("hashes").flatMap { $0.split(separator: ",") }
                .compactMap { GroupingHash(hex: $0) }
            let new: IssueID
            do {
                new = try await store.unmerge(hashes, from: issue.id)
            } catch StoreError.missing(_) {
                throw PageError.notFound("A choice of hashes of which some go and some stay")
            }
            try await regrouper.advance(pieces: Self.piecesAtOnce)
            guard let left = try await store.issue(new) else { return redirect(to: "issues/") }
            return redirect(to: "issues/\(left.shortID)/")
        }
        pages.get("issues/{issue}/similar") { request, context in
            let issue = try await issue(request, context)
            let similar = try await store.similarIssues(to: issue.id, limit: SimilarPage.maximumCount)
            return html(SimilarPage(issue, similar: similar, context: try await pageContext(context)))
        }
    }

    /// What is done before the browser gets its answer; more goes on behind its back.
    private static let piecesAtOnce = 24

    private static func news(ofRegrouping leftCount: Int) -> String {
        leftCount == 0 ? "" : "Regrouping goes on: \(leftCount) issues are left to look at."
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
        var forecast: GroupingForecast?
        var news = ""
        if isSound {
            switch context.form["do"] {
            case "save", "regroup":
                try await store.setGroupingSettings(settings, of: project.id)
                try await projects.reload()
                news = "The rules are saved; they hold for every event from now on."
                if context.form["do"] == "regroup" { news += " " + (try await regroup(project.id)) }
            default:
                let trial = RuleTrial(store: store, project: project.id, rules: rules)
                forecast = try await trial.forecast()
            }
        }
        let page = GroupingPage(
            project, settings: settings, fingerprintErrors: rules.fingerprintErrors,
            stackErrors: rules.stackErrors, forecast: forecast, news: news,
            context: try await pageContext(context))
        return html(page, status: isSound ? .ok : .unprocessableContent)
    }

    /// Begins to regroup a project, and says how far it is.
    private func regroup(_ project: ProjectID) async throws -> String {
        try await store.regroup(project)
        try await regrouper.advance(pieces: Self.piecesAtOnce)
        let leftCount = try await store.regroupingCount(of: project)
        return leftCount == 0 ? "All issues are regrouped." : Self.news(ofRegrouping: leftCount)
    }
}
