// What the store does not judge by itself: several projects, and windows of time.

import FlycatcherWire
import Model

/// Conditions on issues beyond those of an `IssueQuery`.
struct IssueFilter: Sendable {
    /// Only issues of these projects; nil for all.
    var projects: Set<ProjectID>?
    /// Only issues with an event in this window.
    var window: TimeWindow

    var isNeeded: Bool { projects != nil || !window.isUnbounded }

    /// Whether an issue answers the question.
    func admits(_ issue: Issue, in store: any Store) async throws -> Bool {
        if let projects, !projects.contains(issue.project) { return false }
        if let start = window.start, issue.lastSeen < start { return false }
        if let end = window.end, issue.firstSeen > end { return false }
        return try await hasEventInWindow(issue, in: store)
    }

    /// Whether no issue behind this one can answer the question, so that reading may stop.
    func ends(at issue: Issue, in order: IssueSort) -> Bool {
        guard order == .lastSeen, let start = window.start else { return false }
        return issue.lastSeen < start
    }

    /// Only an issue seen both before and after the window needs a look at its events.
    private func hasEventInWindow(_ issue: Issue, in store: any Store) async throws -> Bool {
        guard let start = window.start, let end = window.end, issue.firstSeen < start, issue.lastSeen > end
        else { return true }
        let behind = EventCursor(timestamp: end.advanced(byMicroseconds: 1), id: EventID(value: 0))
        let newest = try await store.events(of: issue.id, after: behind, limit: 1).first
        return newest.map { $0.timestamp >= start } ?? false
    }
}
