// What stands around every page: its title, the bar on top, the assets.

import Model

/// The frame of a page.
struct PageFrame: View {
    /// A part of the bar on top.
    enum Section: Sendable {
        case issues
        case projects
        case account
        case none
    }

    let title: String
    let section: Section
    let links: Links
    let user: String?
    let formToken: String
    /// Seconds after which a browser without scripts loads the page again; nil for never.
    let refreshSeconds: Int?
    let notices: [NoticeView]

    init(_ title: String, _ section: Section, _ context: PageContext, refreshSeconds: Int? = nil) {
        self.title = title
        self.section = section
        self.refreshSeconds = refreshSeconds
        links = context.links
        user = context.user?.email
        formToken = context.formToken
        notices = context.user == nil ? [] : context.notices.map { NoticeView(notice: $0, now: context.now) }
    }

    func child(named name: String) -> Any? {
        switch name {
        case "title": title
        case "links": links
        case "user": optional(user)
        case "formToken": formToken
        case "notices": notices
        case "inIssues": section == .issues
        case "inProjects": section == .projects
        case "inAccount": section == .account
        case "refresh": optional(refreshSeconds.map(String.init))
        case "style": links.asset(WebAssets.style.name)
        case "script": links.asset(WebAssets.script.name)
        case "icon": links.asset(WebAssets.icon.name)
        default: false
        }
    }
}
