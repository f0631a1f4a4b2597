// What an issue consists of: GET /issues/FLY-1A/hashes/.

import FlycatcherWire
public import Model

/// The hashes of an issue with the events that bear them, and a form that takes some of them away.
public struct StrandPage: Page {
    public let content: PageContent

    /// Makes the page of an issue and what it consists of.
    public init(_ issue: Issue, strands: [HashStrand], context: PageContext) {
        content = PageContent(
            template: "strands", frame: PageFrame("Hashes of \(issue.shortID)", .issues, context),
            values: StrandList(issue: issue, strands: strands, context: context))
    }
}

private struct StrandList: View {
    let issue: Issue
    let rows: [StrandRow]
    let eventCount: Int
    let mayUnmerge: Bool
    let context: PageContext

    init(issue: Issue, strands: [HashStrand], context: PageContext) {
        self.issue = issue
        self.context = context
        eventCount = strands.reduce(0) { $0 + $1.eventCount }
        let mayUnmerge = context.user?.role != .member && strands.count { !$0.hashes.isEmpty } > 1
        self.mayUnmerge = mayUnmerge
        rows = strands.map { strand in
            let isChoice = mayUnmerge && !strand.hashes.isEmpty
            return StrandRow(strand: strand, isChoice: isChoice, issue: issue, context: context)
        }
    }

    func child(named name: String) -> Any? {
        switch name {
        case "issueLink": context.links.issue(issue.shortID)
        case "shortID": issue.shortID.description
        case "project": issue.projectSlug
        case "level": issue.level.name
        case "title": issue.facts.title
        case "scope": "Of the newest \(Count(eventCount).of("event"))."
        case "rows": rows
        case "hasRows": !rows.isEmpty
        case "mayUnmerge": mayUnmerge
        case "action": context.links.issue(issue.shortID) + "unmerge/"
        case "formToken": context.formToken
        default: false
        }
    }
}

private struct StrandRow: View {
    let strand: HashStrand
    let isChoice: Bool
    let issue: Issue
    let context: PageContext

    func child(named name: String) -> Any? {
        switch name {
        case "value": strand.hashes.map(\.description).joined(separator: ",")
        case "isChoice": isChoice
        case "isOwned": !strand.hashes.isEmpty
        case "hashes": strand.hashes.map(\.description)
        case "title": strand.title.isEmpty ? "No event of late" : strand.title
        case "link": optional(strand.latest.map { context.links.event($0.id, of: issue.shortID) })
        case "events": Count(strand.eventCount).of("event")
        case "latest": optional(strand.latest.map { Moment($0.timestamp, now: context.now) })
        default: false
        }
    }
}
