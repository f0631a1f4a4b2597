// Issues that are like one: GET /issues/FLY-1A/similar/.

import FlycatcherWire
public import Model

/// Issues that look like one, the likest first, each with a button that merges both.
public struct SimilarPage: Page {
    public let content: PageContent

    /// So many issues are shown at most.
    public static let maximumCount = 20

    /// Makes the page of an issue and those like it.
    public init(_ issue: Issue, similar: [SimilarIssue], context: PageContext) {
        content = PageContent(
            template: "similar", frame: PageFrame("Issues like \(issue.shortID)", .issues, context),
            values: SimilarList(issue: issue, similar: similar, context: context))
    }
}

private struct SimilarList: View {
    let issue: Issue
    let similar: [SimilarIssue]
    let context: PageContext

    func child(named name: String) -> Any? {
        switch name {
        case "issueLink": context.links.issue(issue.shortID)
        case "shortID": issue.shortID.description
        case "project": issue.projectSlug
        case "level": issue.level.name
        case "title": issue.facts.title
        case "rows": similar.map { SimilarRow(similar: $0, issue: issue, context: context) }
        case "hasRows": !similar.isEmpty
        default: false
        }
    }
}

private struct SimilarRow: View {
    let similar: SimilarIssue
    let issue: Issue
    let context: PageContext

    func child(named name: String) -> Any? {
        switch name {
        case "link": context.links.issue(similar.issue.shortID)
        case "otherID": similar.issue.shortID.description
        case "otherTitle": similar.issue.facts.title
        case "place": optional(similar.issue.facts.location)
        case "events": Count(similar.issue.eventCount).of("event")
        case "lastSeen": Moment(similar.issue.lastSeen, now: context.now)
        case "likeness": likeness
        case "mayChange": context.user?.role != .member
        case "action": context.links.issue(issue.shortID) + "merge/"
        case "formToken": context.formToken
        case "shortID": issue.shortID.description
        default: false
        }
    }

    /// Reads like `87 % alike: frames 92 %, words 78 %`.
    private var likeness: String {
        let parts = [
            similar.similarity.stack.map { "frames \(Self.percent($0))" },
            similar.similarity.message.map { "words \(Self.percent($0))" },
        ]
        let details = parts.compactMap { $0 }.joined(separator: ", ")
        return "\(Self.percent(similar.similarity.score)) alike: \(details)"
    }

    private static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
}
