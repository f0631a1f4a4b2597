// Answers questions for issues with a page of them.

import GRDB
import Model

/// Finds the places that a page shows, and reads the issues that stand there.
struct IssueStream {
    let db: Database
    let query: IssueQuery

    func page() throws -> IssuePage {
        let found = query.text.isEmpty ? try IssueLanes(db, query).find() : try IssueSearch(db, query).find()
        let shown = found.following.prefix(query.limit)
        let table = IssueTable(db: db)
        return IssuePage(
            issues: try shown.compactMap { try table.find($0.id) },
            next: found.following.count > query.limit ? shown.last : nil, total: found.total)
    }
}

/// Where the issues that answer a question stand in its order.
struct IssuePlaces {
    /// Behind the question's own place, one more than the page shows if there are that many.
    let following: [IssueCursor]
    /// Up to ``IssuePage/maximumTotal``.
    let total: Int
}

extension IssueSort {
    /// The column that holds the order.
    var column: String {
        switch self {
        case .lastSeen: "last_seen"
        case .firstSeen: "first_seen"
        case .eventCount: "event_count"
        case .userCount: "user_count"
        }
    }
}

extension IssueQuery {
    /// The place behind which the page begins; that before the first issue unless asked otherwise.
    var start: IssueCursor {
        after ?? IssueCursor(value: .max, id: IssueID(.max))
    }
}

extension IssueCursor {
    /// Whether this place comes before another one, in the descending order of streams.
    func precedes(_ other: IssueCursor) -> Bool {
        (value, id.value) > (other.value, other.id.value)
    }
}
