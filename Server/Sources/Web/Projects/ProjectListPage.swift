// The projects and the form that makes one: GET and POST /projects/.

public import Model

/// The list of projects, with a form that posts `name` and `platform` to `/projects/`.
public struct ProjectListPage: Page {
    public let content: PageContent

    /// Makes the page; shown again, the form holds the `draft` that was typed and says why it failed.
    public init(draft: ProjectDraft? = nil, failure: String? = nil, context: PageContext) {
        let list = ProjectList(draft: draft ?? ProjectDraft(name: ""), failure: failure, context: context)
        content = PageContent(
            template: "projects", frame: PageFrame("Projects", .projects, context), values: list)
    }
}

private struct ProjectList: View {
    let draft: ProjectDraft
    let failure: String?
    let context: PageContext

    func child(named name: String) -> Any? {
        switch name {
        case "action": context.links.path("projects/")
        case "formToken": context.formToken
        case "mayMake": context.user?.role != .member
        case "failure": optional(failure)
        case "name": draft.name
        case "platforms": platforms
        case "hasRows": !context.projects.isEmpty
        case "rows": context.projects.map { ProjectRow(project: $0, context: context) }
        default: false
        }
    }

    private var platforms: [Choice] {
        SetupPlatform.allCases.map {
            Choice(title: $0.title, value: $0.rawValue, isChosen: $0.rawValue == draft.platform)
        }
    }
}

private struct ProjectRow: View {
    let project: Project
    let context: PageContext

    func child(named name: String) -> Any? {
        switch name {
        case "name": project.name
        case "slug": project.slug
        case "prefix": project.shortPrefix
        case "platform": optional(SetupPlatform(named: project.platform)?.title ?? project.platform)
        case "issues": context.links.path("issues/") + URLText.query([("project", project.slug)])
        case "setup": context.links.setup(of: project)
        case "settings": context.links.page(.keys, of: project)
        case "grouping": context.links.grouping(ofProject: project.slug)
        case "limits": context.links.limits(of: project)
        case "created": Moment(project.createdAt, now: context.now)
        case "waits": project.firstEventAt == nil
        default: false
        }
    }
}
