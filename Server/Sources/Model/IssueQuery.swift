// Which issues someone wants to see, in what order, and the page of them.

/// A question for issues.
public struct IssueQuery: Hashable, Sendable {
    /// Only of this project; nil for all.
    public var project: ProjectID?
    /// Only with this status; nil for all.
    public var status: IssueStatus?
    /// Only issues whose title, culprit or location contains this text, in any case; empty for all.
    public var text: String
    public var sort: IssueSort
    /// Go on behind this place; nil for the first page.
    public var after: IssueCursor?
    /// At most this many, 1 to 100.
    public var limit: Int

    public init(
        project: ProjectID? = nil, status: IssueStatus? = .unresolved, text: String = "",
        sort: IssueSort = .lastSeen,
        after: IssueCursor? = nil, limit: Int = 25
    ) {
        self.project = project
        self.status = status
        self.text = text
        self.sort = sort
        self.after = after
        self.limit = min(max(limit, 1), 100)
    }
}

/// The order of issues, always descending; ties by id.
public enum IssueSort: String, CaseIterable, Sendable {
    /// Newest event first.
    case lastSeen = "date"
    /// Newest issue first.
    case firstSeen = "new"
    /// Most events first.
    case eventCount = "freq"
    /// Most users first.
    case userCount = "user"
}

/// A place between two issues of an order, stable while events arrive.
public struct IssueCursor: Hashable, Sendable, CustomStringConvertible {
    /// The last issue's sort value: microseconds or a count.
    public let value: Int64
    public let id: IssueID

    public init(value: Int64, id: IssueID) {
        self.value = value
        self.id = id
    }

    /// Reads `VALUE:ID:0`; nil for any other text.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, let value = Int64(parts[0]), let id = Int64(parts[1]) else { return nil }
        self.init(value: value, id: IssueID(id))
    }

    public var description: String { "\(value):\(id):0" }
}

/// One page of issues.
public struct IssuePage: Sendable {
    public let issues: [Issue]
    /// Where the next page begins; nil when this is the last one.
    public let next: IssueCursor?
    /// How many issues answer the query in all, up to ``maximumTotal``.
    public let total: Int

    /// Counting stops here, so that a huge stream opens as fast as a small one.
    public static let maximumTotal = 10_000

    public init(issues: [Issue], next: IssueCursor?, total: Int) {
        self.issues = issues
        self.next = next
        self.total = total
    }
}
