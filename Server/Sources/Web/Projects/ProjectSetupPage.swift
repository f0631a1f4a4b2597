// First steps of a project: GET /projects/{slug}/setup/.

public import FlycatcherWire
public import Model

/// Shows the DSN, how to use it on each platform, and whether the first event has arrived.
public struct ProjectSetupPage: Page {
    public let content: PageContent

    /// Asks the store whether the project has an issue yet and gets the page ready.
    ///
    /// `platform` is the item of that name in the URL's query; nil shows the one that the project was made for.
    public init(
        _ project: Project, dsn: DSN, platform: String?, store: any Store, context: PageContext
    ) async throws {
        let issue = try await Self.newestIssue(of: project, store: store)
        let chosen = SetupPlatform(named: platform ?? project.platform) ?? .python
        let setup = ProjectSetup(project: project, dsn: dsn, platform: chosen, issue: issue, context: context)
        let frame = PageFrame(
            "Set up \(project.name)", .projects, context,
            refreshSeconds: issue == nil ? Self.refreshSeconds : nil)
        content = PageContent(template: "setup", frame: frame, values: setup)
    }

    /// What `/projects/{slug}/setup/status` answers, as JSON: `{"issue": null}` until the first event is there, then
    /// the path of its issue.
    public static func status(
        of project: Project, store: any Store, context: PageContext
    ) async throws -> [UInt8] {
        let issue = try await newestIssue(of: project, store: store)
        // A path holds nothing that JSON would have to escape.
        let link = issue.map { "\"\(context.links.issue($0.shortID))\"" }
        return Array("{\"issue\":\(link ?? "null")}".utf8)
    }

    private static let refreshSeconds = 5

    private static func newestIssue(of project: Project, store: any Store) async throws -> Issue? {
        try await store.issues(IssueQuery(project: project.id, status: nil, limit: 1)).issues.first
    }
}

private struct ProjectSetup: View {
    let project: Project
    let dsn: DSN
    let platform: SetupPlatform
    let issue: Issue?
    let context: PageContext

    func child(named name: String) -> Any? {
        switch name {
        case "name": project.name
        case "dsn": dsn.publicText
        case "tabs": tabs
        case "platform": platform.title
        case "steps": platform.steps(for: dsn)
        case "status": context.links.setup(of: project) + "status"
        case "issue": optional(issue.map { context.links.issue($0.shortID) })
        case "issueTitle": issue?.facts.title ?? ""
        case "waits": issue == nil
        case "nav": ProjectNav(project, .setup, context)
        default: false
        }
    }

    private var tabs: [Choice] {
        SetupPlatform.allCases.map {
            Choice(
                title: $0.title,
                value: context.links.setup(of: project) + URLText.query([("platform", $0.rawValue)]),
                isChosen: $0 == platform)
        }
    }
}
