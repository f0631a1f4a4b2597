// Reads a page of issues, going on through the store's pages until enough pass the filter.

import FlycatcherWire
import Model

/// One page of an answer.
struct IssueListing: Sendable {
    let issues: [Issue]
    let next: IssueCursor?
    /// How many issues there are in all; nil when a filter leaves that unknown.
    let total: Int?

    /// After looking at this many issues the page ends, full or not; its cursor goes on from there.
    static let maximumScanned = 2_000

    /// Reads the page that a query asks for.
    static func read(
        _ query: IssueQuery, filter: IssueFilter, from store: any Store
    ) async throws -> IssueListing {
        if filter.isNeeded { return try await scan(query, filter: filter, store: store) }
        let page = try await store.issues(query)
        return IssueListing(issues: page.issues, next: page.next, total: page.total)
    }

    /// Looks for one issue more than asked for, to know whether there is a next page.
    private static func scan(
        _ query: IssueQuery, filter: IssueFilter, store: any Store
    ) async throws -> IssueListing {
        var found: [Issue] = []
        var scanned = 0
        var scan = query
        scan.limit = 100
        while scanned < maximumScanned {
            let page = try await store.issues(scan)
            for issue in page.issues {
                if filter.ends(at: issue, in: query.sort) {
                    return IssueListing(found, limit: query.limit, by: query.sort)
                }
                if try await filter.admits(issue, in: store) { found.append(issue) }
                if found.count > query.limit {
                    return IssueListing(found, limit: query.limit, by: query.sort)
                }
            }
            guard let next = page.next else { return IssueListing(found, limit: query.limit, by: query.sort) }
            scanned += page.issues.count
            scan.after = next
        }
        return IssueListing(issues: found, next: scan.after, total: nil)
    }

    private init(_ found: [Issue], limit: Int, by order: IssueSort) {
        let issues = Array(found.prefix(limit))
        let next = found.count > limit ? issues.last.map { order.cursor(behind: $0) } : nil
        self.init(issues: issues, next: next, total: nil)
    }

    init(issues: [Issue], next: IssueCursor?, total: Int?) {
        self.issues = issues
        self.next = next
        self.total = total
    }
}

extension IssueSort {
    /// The place right behind an issue.
    func cursor(behind issue: Issue) -> IssueCursor {
        IssueCursor(value: value(of: issue), id: issue.id)
    }

    private func value(of issue: Issue) -> Int64 {
        switch self {
        case .lastSeen: issue.lastSeen.microseconds
        case .firstSeen: issue.firstSeen.microseconds
        case .eventCount: issue.eventCount
        case .userCount: issue.userCount
        }
    }
}
