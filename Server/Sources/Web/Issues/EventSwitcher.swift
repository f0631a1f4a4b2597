// From one event of an issue to the next.

import FlycatcherWire
import Model

/// The bar that says which event is shown and leads to its neighbours.
struct EventSwitcher: View {
    let event: StoredEvent
    let issue: ShortID
    let happened: Moment
    let links: Links

    init(_ event: StoredEvent, of issue: Issue, context: PageContext) {
        self.event = event
        self.issue = issue.shortID
        happened = Moment(event.summary.timestamp, now: context.now)
        links = context.links
    }

    func child(named name: String) -> Any? {
        switch name {
        case "id": event.summary.id.description
        case "label": "Event \(Count(event.position.index).exact) of \(Count(event.position.count).exact)"
        case "previous": optional(event.position.previous.map { links.event($0, of: issue) })
        case "next": optional(event.position.next.map { links.event($0, of: issue) })
        case "first": event.position.previous == nil ? false : links.events(of: issue) + "oldest/"
        case "latest": event.position.next == nil ? false : links.events(of: issue) + "latest/"
        case "permalink": links.event(event.summary.id, of: issue)
        case "raw": links.rawEvent(event.summary.id, of: issue)
        case "happened": happened
        default: false
        }
    }
}
