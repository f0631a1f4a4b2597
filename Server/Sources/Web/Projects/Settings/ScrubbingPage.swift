// What counts as secret in a project's events: GET and POST /projects/NAME/settings/scrubbing/.

public import Model

/// The scrubbing settings of a project.
///
/// Its form posts `is_on`, `removes_addresses`, `words` and `names`.
public struct ScrubbingPage: Page {
    public let content: PageContent

    /// Makes the page.
    ///
    /// - Parameters:
    ///   - settings: what the form holds.
    ///   - wordErrors: what is wrong with the additional words.
    ///   - nameErrors: what is wrong with the safe names.
    ///   - news: what has just been done; empty for nothing.
    public init(
        _ project: Project, settings: ScrubbingSettings, wordErrors: [RuleError] = [],
        nameErrors: [RuleError] = [], news: String = "", context: PageContext
    ) {
        let form = ScrubbingForm(
            project: project, settings: settings, wordErrors: wordErrors, nameErrors: nameErrors, news: news,
            context: context)
        content = PageContent(
            template: "scrubbing", frame: PageFrame("Scrubbing of \(project.name)", .projects, context),
            values: form)
    }
}

private struct ScrubbingForm: View {
    let project: Project
    let settings: ScrubbingSettings
    let wordErrors: [RuleError]
    let nameErrors: [RuleError]
    let news: String
    let context: PageContext

    func child(named name: String) -> Any? {
        switch name {
        case "nav": ProjectNav(project, .scrubbing, context)
        case "action": context.links.page(.scrubbing, of: project)
        case "formToken": context.formToken
        case "isOn": settings.isOn
        case "removesAddresses": settings.removesAddresses
        case "words": settings.additionalWords.joined(separator: "\n")
        case "names": settings.safeNames.joined(separator: "\n")
        case "hasWordErrors": !wordErrors.isEmpty
        case "wordErrors": wordErrors.map(\.description)
        case "hasNameErrors": !nameErrors.isEmpty
        case "nameErrors": nameErrors.map(\.description)
        case "news": optional(news)
        case "mayChange": context.user?.role != .member
        default: false
        }
    }
}
