// The filters of a project, and what became of everything that was sent to it.

import Hummingbird
import Ingest
import Model
import Web

extension Composition {
    /// `/projects/NAME/settings/filters/…` and `/projects/NAME/outcomes/`.
    func addFilterRoutes(to pages: RouterGroup<FlycatcherRequestContext>) {
        pages.get("projects/{project}/settings/filters") { request, context in
            try await filtersPage(of: try await project(request, context), context)
        }
        pages.post("projects/{project}/settings/filters/{filter}") { request, context in
            try await changeFilter(request, context)
        }
        pages.get("projects/{project}/outcomes") { request, context in
            let project = try await project(request, context)
            let period = FormFields(request.uri.query ?? "")["period"]
            let page = try await OutcomesPage(
                project, period: period, store: store, context: try await pageContext(context))
            return html(page)
        }
    }

    private func filtersPage(
        of project: Project, draft: FilterDraft? = nil, news: String = "",
        _ context: FlycatcherRequestContext
    ) async throws -> Response {
        let reports = try await store.filterReports(of: project, at: accounts.now())
        let page = FiltersPage(
            project, reports: reports, draft: draft, news: news, context: try await pageContext(context))
        return html(page, status: draft?.errors.isEmpty == false ? .unprocessableContent : .ok)
    }

    private func changeFilter(
        _ request: Request, _ context: FlycatcherRequestContext
    ) async throws -> Response {
        let project = try await projectToChange(request, context)
        guard let filter = FilterID(rawValue: try context.parameters.require("filter")) else {
            throw PageError.notFound("This filter")
        }
        let form = context.form
        let typed = SettingsLines.lines(of: form["patterns"] ?? "")
        let lines = SettingsLines(typed, limit: FilterSettings.maximumPatternCount) { pattern in
            EventFilters.problem(with: pattern, in: filter)
        }
        let setting = FilterSetting(
            isOn: form["is_on"] != nil,
            action: form["action"].flatMap { FilterAction(rawValue: $0) } ?? .drop,
            patterns: filter.takesPatterns ? lines.entries : [])
        guard lines.errors.isEmpty else {
            var shown = setting
            shown.patterns = typed
            return try await filtersPage(
                of: project, draft: FilterDraft(filter: filter, setting: shown, errors: lines.errors), context
            )
        }
        if form["do"] == "preview" {
            let trial = FilterTrial(store: store, project: project, filter: filter, setting: setting)
            let draft = FilterDraft(filter: filter, setting: setting, forecast: try await trial.forecast())
            return try await filtersPage(of: project, draft: draft, context)
        }
        _ = try await store.changeSettings(of: project.id) { $0.filters.set(filter, to: setting) }
        return try await filtersPage(of: project, news: "\(filter.title): \(Self.savedNews)", context)
    }
}
