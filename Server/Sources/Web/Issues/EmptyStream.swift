// What the stream says when it has nothing to show, and what to do next.

import Model

/// The message in place of an empty list.
struct EmptyStream: View {
    let title: String
    let detail: String
    /// Where to go on, and what that is called.
    let action: (link: String, title: String)?

    init(address: StreamAddress, context: PageContext) {
        let issues = context.links.path("issues/")
        if !address.project.isEmpty, !context.projects.contains(where: { $0.slug == address.project }) {
            title = "There is no project “\(address.project)”"
            detail = "It may have been renamed."
            action = (issues, "Show all projects")
        } else if let waiting = Self.waitingProject(address, context) {
            title = "No event has arrived yet"
            detail = "Put the DSN of \(waiting.name) into your app; its first error shows up here."
            action = (context.links.setup(of: waiting), "Set up \(waiting.name)")
        } else if context.projects.isEmpty {
            title = "There is no project yet"
            detail = "A project is an app whose errors are kept together."
            action = (context.links.path("projects/"), "Make a project")
        } else if !address.text.isEmpty {
            title = "Nothing matches “\(address.text)”"
            detail =
                "The search looks into titles, culprits and locations; an event id or FLY-1A leads straight there."
            action = (issues + address.changed { $0.text = "" }.urlQuery, "Clear the search")
        } else if address.view != .all {
            title = address.view == .unresolved ? "All clear" : "Nothing here"
            detail = "No \(address.view.rawValue) issues."
            action = (issues + address.changed { $0.view = .all }.urlQuery, "Show all issues")
        } else {
            title = "No issues"
            detail = "Nothing has gone wrong here."
            action = nil
        }
    }

    func child(named name: String) -> Any? {
        switch name {
        case "title": title
        case "detail": detail
        case "hasAction": action != nil
        case "link": action?.link ?? ""
        case "actionTitle": action?.title ?? ""
        default: false
        }
    }

    /// The project that is shown, or the newest one, when no project that could be shown had an event yet.
    private static func waitingProject(_ address: StreamAddress, _ context: PageContext) -> Project? {
        let shown = context.projects.filter { address.project.isEmpty || $0.slug == address.project }
        return shown.allSatisfy { $0.firstEventAt == nil } ? shown.last : nil
    }
}
