// Tries rules on stored events before anyone saves them.

import FlycatcherWire
import Ingest
import Model

/// The newest events of a project's newest issues, grouped by rules.
struct RuleTrial: Sendable {
    let store: any Store
    let project: ProjectID
    let rules: GroupingRules

    /// Enough to see what a rule does, few enough for one page.
    private static let maximumIssueCount = 100
    private static let maximumEventCount = 5

    /// What the rules would do; nothing is changed.
    func forecast() async throws -> GroupingForecast {
        var forecast = GroupingForecast()
        var owners: [GroupingHash: ShortID] = [:]
        var groups = Groups()
        for issue in try await issues() {
            let sets = try await hashSets(of: issue.id)
            guard !sets.isEmpty else { continue }
            forecast.issueCount += 1
            forecast.eventCount += sets.count
            if HashSets.parts(of: sets).count > 1 { forecast.splits.append(issue.shortID) }
            let known = Set(try await store.hashes(of: issue.id))
            if sets.contains(where: { known.isDisjoint(with: $0) }) { forecast.moves.append(issue.shortID) }
            for hash in Set(sets.joined()) {
                if let other = owners[hash] { groups.join(other, issue.shortID) }
                owners[hash] = issue.shortID
            }
        }
        forecast.merges = groups.all
        // What splits or merges is not merely found elsewhere.
        let told = Set(forecast.splits + forecast.merges.joined())
        forecast.moves.removeAll { told.contains($0) }
        return forecast
    }

    private func issues() async throws -> [Issue] {
        let query = IssueQuery(project: project, status: nil, limit: Self.maximumIssueCount)
        return try await store.issues(query).issues
    }

    private func hashSets(of issue: IssueID) async throws -> [[GroupingHash]] {
        let reader = GroupingReader(rules)
        var sets: [[GroupingHash]] = []
        for summary in try await store.events(of: issue, after: nil, limit: Self.maximumEventCount)
        where summary.isKept {
            guard let event = try await store.event(.id(summary.id), of: issue),
                let hashes = reader.hashes(of: event.json)
            else { continue }
            sets.append(hashes)
        }
        return sets
    }

    /// Issues that are found to be one.
    private struct Groups {
        private(set) var all: [[ShortID]] = []

        mutating func join(_ one: ShortID, _ other: ShortID) {
            guard one != other else { return }
            let meeting = all.filter { $0.contains(one) || $0.contains(other) }
            all.removeAll { $0.contains(one) || $0.contains(other) }
            var group = meeting.flatMap { $0 }
            for id in [one, other] where !group.contains(id) { group.append(id) }
            all.append(group)
        }
    }
}
