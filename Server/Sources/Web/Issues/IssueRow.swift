// One line of the issue stream.

import FlycatcherWire
import Model

/// The model of a row.
struct IssueRow: View {
    /// The days that the chart covers.
    static let days = 14

    let issue: Issue
    let link: String
    let chart: Sparkline
    let firstSeen: Moment
    let lastSeen: Moment

    init(_ issue: Issue, dailyCounts: [Int64], context: PageContext) {
        self.issue = issue
        link = context.links.issue(issue.shortID)
        chart = Sparkline(counts: dailyCounts)
        firstSeen = Moment(issue.firstSeen, now: context.now)
        lastSeen = Moment(issue.lastSeen, now: context.now)
    }

    func child(named name: String) -> Any? {
        switch name {
        case "link": link
        case "shortID": issue.shortID.description
        case "level": issue.level.name
        case "title": issue.facts.title
        case "type": issue.facts.type
        case "value": optional(issue.facts.value)
        case "location": optional(location)
        case "project": issue.projectSlug
        case "isNew": firstSeen.isFresh
        case "isUnhandled": issue.isUnhandled
        case "chart": chart
        case "events": Count(issue.eventCount).short
        case "exactEvents": Count(issue.eventCount).exact
        case "users": issue.userCount == 0 ? "–" : Count(issue.userCount).short
        case "exactUsers": Count(issue.userCount).exact
        case "firstSeen": firstSeen
        case "lastSeen": lastSeen
        default: false
        }
    }

    /// Where it happened: the newest own frame, or what is known instead.
    var location: String {
        issue.facts.location.isEmpty ? issue.facts.culprit : issue.facts.location
    }
}
