// What the issue stream shows.

import Model

/// The model of the issue stream.
struct IssueStream: View {
    let address: StreamAddress
    let rows: [IssueRow]
    let total: Int
    let next: IssueCursor?
    let context: PageContext

    init(address: StreamAddress, page: IssuePage, rows: [IssueRow], context: PageContext) {
        self.address = address
        self.rows = rows
        self.context = context
        total = page.total
        next = page.next
    }

    func child(named name: String) -> Any? {
        switch name {
        case "action": context.links.path("issues/")
        case "text": address.text
        case "status": address.view == .unresolved ? false : address.view.rawValue
        case "tabs": tabs
        case "projects": projects
        case "sorts": sorts
        case "rows": rows
        case "hasRows": !rows.isEmpty
        case "empty": rows.isEmpty ? EmptyStream(address: address, context: context) : false
        case "range": range
        case "newer": optional(address.newer.map(link))
        case "older": optional(next.map { link(address.older(from: $0)) })
        default: false
        }
    }

    /// `1–25 of 214`; beyond what the store counts, `1–25 of more than 10,000`.
    var range: String {
        let first = (address.page - 1) * StreamAddress.pageSize + 1
        let last = first + rows.count - 1
        let whole = Count(max(total, last)).exact
        return "\(Count(first).exact)–\(Count(last).exact) of "
            + (total >= IssuePage.maximumTotal ? "more than \(whole)" : whole)
    }

    private var tabs: [Choice] {
        StreamView.allCases.map { view in
            Choice(
                title: view.title, value: link(address.changed { $0.view = view }),
                isChosen: view == address.view,
                count: view == address.view ? countOfTab : nil)
        }
    }

    private var countOfTab: String {
        total >= IssuePage.maximumTotal ? "10k+" : Count(total).exact
    }

    private var projects: [Choice] {
        [Choice(title: "All projects", value: "", isChosen: address.project.isEmpty)]
            + context.projects.prefix(Self.maximumProjects).map {
                Choice(title: $0.name, value: $0.slug, isChosen: $0.slug == address.project)
            }
    }

    private var sorts: [Choice] {
        IssueSort.allCases.map { Choice(title: $0.title, value: $0.rawValue, isChosen: $0 == address.sort) }
    }

    private func link(_ address: StreamAddress) -> String {
        context.links.path("issues/") + address.urlQuery
    }

    private static let maximumProjects = 500
}

extension IssueSort {
    var title: String {
        switch self {
        case .lastSeen: "Last seen"
        case .firstSeen: "First seen"
        case .eventCount: "Most events"
        case .userCount: "Most users"
        }
    }
}
