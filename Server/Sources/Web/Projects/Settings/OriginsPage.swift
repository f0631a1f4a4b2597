// Whose pages may send events to a project: GET and POST /projects/NAME/settings/origins/.

public import Model

/// The allowed origins of a project; its form posts `origins`.
public struct OriginsPage: Page {
    public let content: PageContent

    /// Makes the page.
    ///
    /// - Parameters:
    ///   - origins: what the form holds, one a line.
    ///   - errors: what is wrong with them.
    ///   - news: what has just been done; empty for nothing.
    public init(
        _ project: Project, origins: String, errors: [RuleError] = [], news: String = "", context: PageContext
    ) {
        let form = OriginsForm(
            project: project, origins: origins, errors: errors, news: news, context: context)
        content = PageContent(
            template: "origins", frame: PageFrame("Origins of \(project.name)", .projects, context),
            values: form)
    }
}

private struct OriginsForm: View {
    let project: Project
    let origins: String
    let errors: [RuleError]
    let news: String
    let context: PageContext

    func child(named name: String) -> Any? {
        switch name {
        case "nav": ProjectNav(project, .origins, context)
        case "action": context.links.page(.origins, of: project)
        case "formToken": context.formToken
        case "origins": origins
        case "hasErrors": !errors.isEmpty
        case "errors": errors.map(\.description)
        case "news": optional(news)
        case "mayChange": context.user?.role != .member
        default: false
        }
    }
}
