// The client keys of a project: GET and POST /projects/NAME/settings/keys/, POST …/keys/ID/.

public import FlycatcherWire
public import Model

/// The keys of a project, with a form for each and one that makes a further one.
///
/// A key's form posts `do` (`save`, `enable`, `disable`, `rotate`, `delete`), `label`, `limit_count`, `limit_seconds` and
/// `after`, the seconds for which a key goes on that another one takes the place of.
public struct KeysPage: Page {
    public let content: PageContent

    /// Makes the page.
    ///
    /// - Parameters:
    ///   - keys: the project's keys, each with its DSN.
    ///   - news: what has just been done; empty for nothing.
    ///   - failure: why something was not done; nil when nothing was refused.
    public init(
        _ project: Project, keys: [(key: ProjectKey, dsn: DSN)], news: String = "", failure: String? = nil,
        context: PageContext
    ) {
        let list = KeyList(
            project: project,
            rows: keys.map { KeyRow(key: $0.key, dsn: $0.dsn, project: project, context: context) },
            news: news, failure: failure, context: context)
        content = PageContent(
            template: "keys", frame: PageFrame("Keys of \(project.name)", .projects, context), values: list)
    }
}

private struct KeyList: View {
    let project: Project
    let rows: [KeyRow]
    let news: String
    let failure: String?
    let context: PageContext

    func child(named name: String) -> Any? {
        switch name {
        case "nav": ProjectNav(project, .keys, context)
        case "rows": rows
        case "hasRows": !rows.isEmpty
        case "news": optional(news)
        case "failure": optional(failure)
        case "action": context.links.page(.keys, of: project)
        case "formToken": context.formToken
        case "mayChange": context.user?.role != .member
        case "maximumLength": String(ProjectKey.maximumLabelLength)
        default: false
        }
    }
}

private struct KeyRow: View {
    let key: ProjectKey
    let dsn: DSN
    let project: Project
    let context: PageContext

    private var isOpen: Bool { key.isOpen(at: context.now) }

    func child(named name: String) -> Any? {
        switch name {
        case "label": key.label
        case "dsn": dsn.publicText
        case "action": context.links.page(.keys, of: project) + "\(key.id)/"
        case "formToken": context.formToken
        case "isOpen": isOpen
        case "isOff": !isOpen
        case "created": Moment(key.createdAt, now: context.now)
        case "end": optional(end)
        case "limit": key.limit.map { KeyLimitWording(limit: $0).text } ?? "As much as the project may"
        case "count": key.limit.map { String($0.count) } ?? ""
        case "windows": windows
        case "mayChange": context.user?.role != .member
        case "maximumLength": String(ProjectKey.maximumLabelLength)
        default: false
        }
    }

    private var end: Moment? { key.endsAt.map { Moment($0, now: context.now) } }

    private var windows: [Choice] {
        var choices = KeyLimitWording.windows
        if let seconds = key.limit?.windowSeconds, !choices.contains(where: { $0.seconds == seconds }) {
            choices.append((seconds, "\(seconds) s"))
        }
        return choices.map { seconds, title in
            Choice(title: title, value: String(seconds), isChosen: seconds == key.limit?.windowSeconds ?? 60)
        }
    }
}

/// A key's limit as people say it.
struct KeyLimitWording {
    let limit: KeyLimit

    static let windows: [(seconds: Int64, title: String)] = [
        (60, "minute"), (3_600, "hour"), (86_400, "day"), (604_800, "week"),
    ]

    /// `1,000 events a minute`.
    var text: String {
        let window = Self.windows.first { $0.seconds == limit.windowSeconds }?.title
        let article = window == "hour" ? "an" : "a"
        return
            "\(Count(limit.count).of("event")) \(window.map { "\(article) \($0)" } ?? "in \(limit.windowSeconds) s")"
    }
}
