// What the page of an issue shows.

import FlycatcherWire
import Model

/// The model of an issue's page.
struct IssueDetail: View {
    /// The days that the chart covers.
    static let days = 30

    let issue: Issue
    let event: StoredEvent?
    let chart: Sparkline
    let context: PageContext

    init(issue: Issue, event: StoredEvent?, dailyCounts: [Int64], facets: [TagFacet], context: PageContext) {
        self.issue = issue
        self.event = event
        self.context = context
        chart = Sparkline(counts: dailyCounts)
    }

    func child(named name: String) -> Any? {
        switch name {
        case "type": issue.facts.type
        case "value": optional(issue.facts.value)
        case "level": issue.level.name
        default: false
        }
    }
}
