// The grouping rules of a project: GET and POST /projects/NAME/grouping/.

public import Model

/// The rules of a project, what is wrong with them, and what they would do.
public struct GroupingPage: Page {
    public let content: PageContent

    /// Makes the page.
    ///
    /// - Parameters:
    ///   - settings: what the form holds.
    ///   - fingerprintErrors: what is wrong with the fingerprint rules.
    ///   - stackErrors: what is wrong with the stack-trace rules.
    ///   - forecast: what the rules would do; nil when nobody asked.
    ///   - news: what has just been done; empty for nothing.
    public init(
        _ project: Project, settings: GroupingSettings, fingerprintErrors: [RuleError] = [],
        stackErrors: [RuleError] = [], forecast: GroupingForecast? = nil, news: String = "",
        context: PageContext
    ) {
        let form = GroupingForm(
            project: project, settings: settings, fingerprintErrors: fingerprintErrors,
            stackErrors: stackErrors, forecast: forecast.map { ForecastView(forecast: $0, context: context) },
            news: news, context: context)
        content = PageContent(
            template: "grouping", frame: PageFrame("Grouping of \(project.name)", .projects, context),
            values: form)
    }
}

private struct GroupingForm: View {
    let project: Project
    let settings: GroupingSettings
    let fingerprintErrors: [RuleError]
    let stackErrors: [RuleError]
    let forecast: ForecastView?
    let news: String
    let context: PageContext

    func child(named name: String) -> Any? {
        switch name {
        case "nav": ProjectNav(project, .grouping, context)
        case "action": context.links.grouping(ofProject: project.slug)
        case "formToken": context.formToken
        case "fingerprintHint":
            #"error.type:Timeout* -> timeout, {{ transaction }} title="Timeout in {{ transaction }}""#
        case "version": settings.algorithm
        case "fingerprintRules": settings.fingerprintRules
        case "stackRules": settings.stackRules
        case "hasFingerprintErrors": !fingerprintErrors.isEmpty
        case "fingerprintErrors": fingerprintErrors.map(\.description)
        case "hasStackErrors": !stackErrors.isEmpty
        case "stackErrors": stackErrors.map(\.description)
        case "forecast": optional(forecast)
        case "news": optional(news)
        case "mayChange": context.user?.role != .member
        default: false
        }
    }
}

private struct ForecastView: View {
    let forecast: GroupingForecast
    let context: PageContext

    func child(named name: String) -> Any? {
        switch name {
        case "scope":
            "Of the newest \(Count(forecast.eventCount).of("event")) of \(Count(forecast.issueCount).of("issue"))"
        case "changesNothing": forecast.changesNothing
        case "merges": forecast.merges.map { $0.map(\.description).joined(separator: " + ") }
        case "splits": forecast.splits.map(link)
        case "moves": forecast.moves.map(link)
        default: false
        }
    }

    private func link(_ issue: ShortID) -> Choice {
        Choice(title: issue.description, value: context.links.issue(issue), isChosen: false)
    }
}
