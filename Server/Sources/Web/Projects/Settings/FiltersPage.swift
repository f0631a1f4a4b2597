// Which events a project does not want: GET /projects/NAME/settings/filters/, POST …/filters/FILTER/.

import FlycatcherWire
public import Model

/// A filter as somebody has typed it, not saved.
public struct FilterDraft: Sendable {
    let filter: FilterID
    let setting: FilterSetting
    /// What is wrong with its patterns.
    public let errors: [RuleError]
    let forecast: FilterForecast?

    /// Takes what was typed.
    ///
    /// - Parameters:
    ///   - errors: what is wrong with its patterns.
    ///   - forecast: what it would have kept out; nil when nobody asked.
    public init(
        filter: FilterID, setting: FilterSetting, errors: [RuleError] = [], forecast: FilterForecast? = nil
    ) {
        self.filter = filter
        self.setting = setting
        self.errors = errors
        self.forecast = forecast
    }
}

/// The filters of a project, with a form for each that posts `is_on`, `action`, `patterns` and `do` (`save`, `preview`).
public struct FiltersPage: Page {
    public let content: PageContent

    /// Makes the page.
    ///
    /// - Parameters:
    ///   - reports: the filters in the order in which they are asked.
    ///   - draft: what somebody has typed into one of them; nil for nothing.
    ///   - news: what has just been done; empty for nothing.
    public init(
        _ project: Project, reports: [FilterReport], draft: FilterDraft? = nil, news: String = "",
        context: PageContext
    ) {
        let list = FilterList(
            project: project,
            rows: reports.map { report in
                FilterRow(
                    report: report, draft: draft.flatMap { $0.filter == report.filter ? $0 : nil },
                    project: project, context: context)
            },
            news: news, context: context)
        content = PageContent(
            template: "filters", frame: PageFrame("Filters of \(project.name)", .projects, context),
            values: list)
    }
}

private struct FilterList: View {
    let project: Project
    let rows: [FilterRow]
    let news: String
    let context: PageContext

    func child(named name: String) -> Any? {
        switch name {
        case "nav": ProjectNav(project, .filters, context)
        case "rows": rows
        case "news": optional(news)
        case "outcomes": context.links.page(.outcomes, of: project)
        default: false
        }
    }
}

private struct FilterRow: View {
    let report: FilterReport
    let draft: FilterDraft?
    let project: Project
    let context: PageContext

    private var setting: FilterSetting { draft?.setting ?? report.setting }

    func child(named name: String) -> Any? {
        switch name {
        case "id": report.filter.rawValue
        case "title": report.filter.title
        case "summary": report.filter.summary
        case "action": context.links.page(.filters, of: project) + "\(report.filter.rawValue)/"
        case "formToken": context.formToken
        case "isOn": setting.isOn
        case "isAtWork": report.isAtWork
        case "state": !report.setting.isOn ? "off" : report.isAtWork ? "on" : "nothing to look for"
        case "archives": setting.action == .archive
        case "takesPatterns": report.filter.takesPatterns
        case "patterns": setting.patterns.joined(separator: "\n")
        case "isOpen": draft != nil
        case "counts":
            "\(Count(report.dayCount).exact) in 24 h · \(Count(report.weekCount).exact) in 7 d"
        case "last": optional(report.last?.title.isEmpty == false ? report.last?.title : nil)
        case "lastAt": optional(report.last.map { Moment($0.at, now: context.now) })
        case "hasPatterns": !report.patterns.isEmpty
        case "patternRows":
            report.patterns.map { PatternRow(pattern: $0.pattern, tally: $0.tally, now: context.now) }
        case "hasErrors": draft?.errors.isEmpty == false
        case "errors": draft?.errors.map(\.description) ?? []
        case "forecast": optional(draft?.forecast.map { FilterForecastView(forecast: $0, context: context) })
        case "mayChange": context.user?.role != .member
        default: false
        }
    }
}

/// What one pattern has found.
private struct PatternRow: View {
    let pattern: String
    let tally: FilterTally?
    let now: Timestamp

    func child(named name: String) -> Any? {
        switch name {
        case "pattern": pattern
        case "isBusy": tally.map { $0.weekCount > 0 } ?? false
        case "day": Count(tally?.dayCount ?? 0).exact
        case "week": Count(tally?.weekCount ?? 0).exact
        case "last": optional(tally.flatMap { $0.title.isEmpty ? nil : $0.title })
        case "at": optional(tally.map { Moment($0.at, now: now) })
        default: false
        }
    }
}

private struct FilterForecastView: View {
    let forecast: FilterForecast
    let context: PageContext

    private static let maximumCount = 10

    func child(named name: String) -> Any? {
        switch name {
        case "text":
            "Of \(Count(forecast.eventCount).of("stored event")), the newest of each issue, it would have found "
                + "\(Count(forecast.foundCount).exact)."
        case "patterns": patterns
        case "issues":
            forecast.issues.prefix(Self.maximumCount).map { issue in
                Choice(title: issue.facts.title, value: context.links.issue(issue.shortID), isChosen: false)
            }
        case "more": optional(more)
        default: false
        }
    }

    /// Which pattern would have found how many, the busiest first.
    private var patterns: [String] {
        forecast.counts.filter { !$0.key.isEmpty }
            .sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            .prefix(Self.maximumCount).map { "\($0.key): \(Count($0.value).exact)" }
    }

    private var more: String {
        let count = forecast.issues.count - Self.maximumCount
        return count > 0 ? "and \(Count(count).of("further issue"))" : ""
    }
}
