// The way around a project: what stands above each of its pages.

import Model

/// The tabs of a project's pages; a further page is a further case.
struct ProjectNav: View {
    enum Tab: CaseIterable {
        case setup
        case keys
        case origins
        case scrubbing
        case filters
        case limits
        case retention
        case grouping
        case outcomes
        case reports

        var title: String {
            switch self {
            case .setup: "Setup"
            case .keys: "Keys"
            case .origins: "Origins"
            case .scrubbing: "Scrubbing"
            case .filters: "Filters"
            case .limits: "Limits"
            case .retention: "Retention"
            case .grouping: "Grouping"
            case .outcomes: "Outcomes"
            case .reports: "Reports"
            }
        }

        /// Its place below the project, without a slash in front.
        var path: String {
            switch self {
            case .setup: "setup/"
            case .keys: "settings/keys/"
            case .origins: "settings/origins/"
            case .scrubbing: "settings/scrubbing/"
            case .filters: "settings/filters/"
            case .limits: "limits/"
            case .retention: "retention/"
            case .grouping: "grouping/"
            case .outcomes: "outcomes/"
            case .reports: "reports/"
            }
        }
    }

    private let project: Project
    private let current: Tab
    private let links: Links

    init(_ project: Project, _ current: Tab, _ context: PageContext) {
        self.project = project
        self.current = current
        links = context.links
    }

    func child(named name: String) -> Any? {
        switch name {
        case "name": project.name
        case "projects": links.path("projects/")
        case "pages": pages
        default: false
        }
    }

    private var pages: [Choice] {
        Tab.allCases.map { tab in
            Choice(title: tab.title, value: links.page(tab, of: project), isChosen: tab == current)
        }
    }
}

extension Links {
    /// A page of a project.
    func page(_ tab: ProjectNav.Tab, of project: Project) -> String {
        path("projects/\(URLText.encoded(project.slug))/\(tab.path)")
    }
}
