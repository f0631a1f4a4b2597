// What the list of an issue's events shows.

import FlycatcherWire
import Model

/// The model of the event list.
struct EventList: View {
    static let pageSize = 50

    let issue: Issue
    let rows: [EventRow]
    let older: String?
    let isFirstPage: Bool
    let context: PageContext

    /// Takes one event more than a page holds, as the sign that there is another page.
    init(issue: Issue, events: [EventSummary], isFirstPage: Bool, context: PageContext) {
        self.issue = issue
        self.isFirstPage = isFirstPage
        self.context = context
        let shown = events.prefix(Self.pageSize)
        rows = shown.map { EventRow($0, of: issue.shortID, context: context) }
        let hasMore = events.count > Self.pageSize
        older = hasMore ? shown.last.map { EventPlace($0).description } : nil
    }

    func child(named name: String) -> Any? {
        switch name {
        case "issueLink": context.links.issue(issue.shortID)
        case "shortID": issue.shortID.description
        case "project": issue.projectSlug
        case "level": issue.level.name
        case "title": issue.facts.title
        case "count": Count(issue.eventCount).of("event")
        case "rows": rows
        case "hasRows": !rows.isEmpty
        case "first": isFirstPage ? false : listLink
        case "older": optional(older.map { listLink + URLText.query([("after", $0)]) })
        case "links": context.links
        default: false
        }
    }

    private var listLink: String { context.links.events(of: issue.shortID) }
}

/// One line of the event list.
struct EventRow: View {
    let id: EventID
    let link: String
    let raw: String
    let happened: Moment
    let received: Moment
    let isKept: Bool

    init(_ event: EventSummary, of issue: ShortID, context: PageContext) {
        id = event.id
        isKept = event.isKept
        link = context.links.event(event.id, of: issue)
        raw = context.links.rawEvent(event.id, of: issue)
        happened = Moment(event.timestamp, now: context.now)
        received = Moment(event.receivedAt, now: context.now)
    }

    func child(named name: String) -> Any? {
        switch name {
        case "id": id.description
        case "link": link
        case "raw": raw
        case "isUnkept": !isKept
        case "happened": happened
        case "received": received
        default: false
        }
    }
}

/// A place among events as it stands in a URL: microseconds, a dot, the event id.
struct EventPlace: CustomStringConvertible {
    let cursor: EventCursor

    init(_ event: EventSummary) {
        cursor = EventCursor(timestamp: event.timestamp, id: event.id)
    }

    init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let microseconds = Int64(parts[0]), let id = EventID(parts[1]) else {
            return nil
        }
        cursor = EventCursor(timestamp: Timestamp(microseconds: microseconds), id: id)
    }

    var description: String { "\(cursor.timestamp.microseconds).\(cursor.id)" }
}
