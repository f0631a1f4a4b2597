// The issue stream's address: everything that chooses what it shows stands in the URL.

public import Model

/// What the query of `/issues/` asks for.
public struct StreamAddress: Hashable, Sendable {
    /// The text that issues must contain; empty for all.
    public var text: String
    /// The slug of the only project to show; empty for all.
    public var project: String
    public var view: StreamView
    public var sort: IssueSort
    /// The places where the pages before this one began, oldest first; the last one is where this page begins.
    var trail: [IssueCursor]
    /// The number of this page, from 1.
    var page: Int

    /// So long a text still makes sense as a search.
    static let maximumTextLength = 400
    /// So many steps back are remembered.
    static let maximumTrail = 24
    static let pageSize = 25

    /// Reads the items `query`, `project`, `status`, `sort`, `trail` and `page`; what makes no sense is left out.
    public init(item: (String) -> String?) {
        text = String((item("query") ?? "").prefix(Self.maximumTextLength))
        project = item("project") ?? ""
        view = item("status").flatMap(StreamView.init) ?? .unresolved
        sort = item("sort").flatMap(IssueSort.init) ?? .lastSeen
        let places = (item("trail") ?? "").split(separator: ".").suffix(Self.maximumTrail)
        trail = places.compactMap { IssueCursor(String($0)) }
        page = trail.isEmpty ? 1 : min(max(item("page").flatMap(Int.init) ?? 2, 2), 1_000_000)
    }

    /// The store's question; nil when the project does not exist.
    func query(among projects: [Project]) -> IssueQuery? {
        let chosen = projects.first { $0.slug == project }
        guard project.isEmpty || chosen != nil else { return nil }
        return IssueQuery(
            project: chosen?.id, status: view.status, text: text, sort: sort, after: trail.last,
            limit: Self.pageSize)
    }

    /// The query of the URL that leads here, `?` included; empty for the plain stream.
    var urlQuery: String {
        URLText.query([
            ("query", text), ("project", project), ("status", view == .unresolved ? "" : view.rawValue),
            ("sort", sort == .lastSeen ? "" : sort.rawValue),
            ("trail", trail.map(\.description).joined(separator: ".")),
            ("page", trail.isEmpty ? "" : String(page)),
        ])
    }

    /// The first page of another choice.
    func changed(_ change: (inout StreamAddress) -> Void) -> StreamAddress {
        var address = self
        address.trail = []
        address.page = 1
        change(&address)
        return address
    }

    /// The page that begins at a place behind this one.
    func older(from place: IssueCursor) -> StreamAddress {
        var address = self
        address.trail = (trail + [place]).suffix(Self.maximumTrail)
        address.page += 1
        return address
    }

    /// The page before this one; nil on the first.
    ///
    /// Further back than is remembered, it is the first.
    var newer: StreamAddress? {
        guard !trail.isEmpty else { return nil }
        var address = self
        address.trail.removeLast()
        address.page = address.trail.isEmpty ? 1 : page - 1
        return address
    }
}

/// A tab of the issue stream.
public enum StreamView: String, CaseIterable, Sendable {
    case unresolved
    case resolved
    case archived
    case all

    var status: IssueStatus? {
        switch self {
        case .unresolved: .unresolved
        case .resolved: .resolved
        case .archived: .archived
        case .all: nil
        }
    }

    var title: String {
        switch self {
        case .unresolved: "Unresolved"
        case .resolved: "Resolved"
        case .archived: "Archived"
        case .all: "All"
        }
    }
}
