// Tries a filter on stored events before anyone switches it on.

import FlycatcherWire
import Ingest
import Model

/// The newest events of a project's newest issues, asked by one filter.
struct FilterTrial: Sendable {
    let store: any Store
    let project: Project
    let filter: FilterID
    let setting: FilterSetting

    /// Enough to see what a filter does, few enough for one page.
    private static let maximumIssueCount = 100
    private static let maximumEventCount = 5

    /// What the filter would have kept out; nothing is changed.
    func forecast() async throws -> FilterForecast {
        var settings = FilterSettings()
        for other in FilterID.allCases where other != filter { settings.set(other, to: FilterSetting()) }
        var wanted = setting
        wanted.isOn = true
        settings.set(filter, to: wanted)
        let reader = FilterReader(EventFilters(settings, platform: project.platform))
        var forecast = FilterForecast()
        let query = IssueQuery(project: project.id, status: nil, limit: Self.maximumIssueCount)
        for issue in try await store.issues(query).issues {
            var isFound = false
            for summary in try await store.events(of: issue.id, after: nil, limit: Self.maximumEventCount) {
                guard let event = try await store.event(.id(summary.id), of: issue.id) else { continue }
                forecast.eventCount += 1
                guard let match = reader.match(finding: event.json) else { continue }
                forecast.foundCount += 1
                forecast.counts[match.pattern, default: 0] += 1
                isFound = true
            }
            if isFound { forecast.issues.append(issue) }
        }
        return forecast
    }
}
