// What the page of an issue shows.

import FlycatcherWire
import Model

/// The model of an issue's page: what it is, what it means, one event of it, and its figures in the margin.
struct IssueDetail: View {
    /// The days that the chart covers.
    static let days = 30

    let issue: Issue
    let event: EventDetail?
    let switcher: EventSwitcher?
    /// Why there is no event to show.
    let absence: String?
    let verdict: Verdict
    let chart: Sparkline
    let facets: FacetList
    let firstSeen: Moment
    let lastSeen: Moment
    let why: WhyPart?
    let attachments: AttachmentList?
    let feedback: FeedbackList?
    let context: PageContext

    init(
        issue: Issue, event: StoredEvent?, dailyCounts: [Int64], facets: [TagFacet],
        why: GroupingExplanation? = nil, attachments: AttachmentList? = nil,
        feedback: FeedbackList? = nil, context: PageContext
    ) {
        self.attachments = attachments
        self.feedback = feedback
        self.issue = issue
        self.why = why.map(WhyPart.init)
        self.context = context
        (self.event, absence) = Self.opened(
            event, headline: issue.facts.type, hasAttachments: attachments != nil)
        switcher = event.map { EventSwitcher($0, of: issue, context: context) }
        verdict = Verdict(issue: issue, facets: facets, now: context.now)
        chart = Sparkline(counts: dailyCounts)
        self.facets = FacetList(facets, events: issue.eventCount)
        firstSeen = Moment(issue.firstSeen, now: context.now)
        lastSeen = Moment(issue.lastSeen, now: context.now)
    }

    func child(named name: String) -> Any? {
        switch name {
        case "issues": context.links.path("issues/")
        case "shortID": issue.shortID.description
        case "project": issue.projectSlug
        case "projectLink": context.links.path("issues/") + URLText.query([("project", issue.projectSlug)])
        case "level": (event?.level ?? issue.level).name
        case "type": type
        case "value": optional(value)
        case "isUnhandled": event?.isUnhandled ?? issue.isUnhandled
        case "state": issue.status == .unresolved ? false : stateName
        case "culprit": optional(issue.facts.culprit)
        case "verdict": verdict.parts
        case "switcher": optional(switcher)
        case "event": optional(event)
        case "absence": optional(absence)
        case "attachments": optional(attachments)
        case "feedbackList": optional(feedback)
        case "chart": chart
        case "events": Count(issue.eventCount).of("event")
        case "users": Count(issue.userCount).of("user")
        case "eventsLink": context.links.events(of: issue.shortID)
        case "firstSeen": firstSeen
        case "lastSeen": lastSeen
        case "facets": facets
        case "why": optional(why)
        case "mayChange": context.user?.role != .member
        case "formToken": context.formToken
        case "hashesLink": context.links.issue(issue.shortID) + "hashes/"
        case "similarLink": context.links.issue(issue.shortID) + "similar/"
        case "mergeAction": context.links.issue(issue.shortID) + "merge/"
        case "deleteAction": context.links.issue(issue.shortID) + "delete/"
        case "discardAction": context.links.issue(issue.shortID) + "discard/"
        case "rulesLink": context.links.grouping(ofProject: issue.projectSlug)
        default: false
        }
    }

    /// The bold part of the title.
    var type: String {
        guard let event, !event.type.isEmpty else { return issue.facts.type }
        return event.type
    }

    /// The rest of the title, whole; empty when it would repeat the bold part.
    var value: String {
        let value = event?.value ?? issue.facts.value
        return value == type ? "" : value
    }

    private var stateName: String { issue.status == .archived ? "archived" : issue.status.rawValue }

    private static func opened(
        _ event: StoredEvent?, headline: String, hasAttachments: Bool
    ) -> (EventDetail?, absence: String?) {
        guard let event else {
            return (nil, "The events of this issue have been removed; what is known of it stays.")
        }
        guard event.summary.isKept else {
            return (
                nil, "This event was counted and not kept: of an issue with very many events, a sample is."
            )
        }
        do {
            let document = try EventDocument(event.json)
            let detail = EventDetail(
                document, at: event.summary.timestamp, headline: headline, hasAttachments: hasAttachments)
            return (detail, nil)
        } catch {
            return (nil, "This event cannot be read: \(error).")
        }
    }
}
