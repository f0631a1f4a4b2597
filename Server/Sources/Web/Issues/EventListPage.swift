// All events of an issue: GET /issues/FLY-1A/events/.

import FlycatcherWire
public import Model

/// The list of an issue's events, newest first.
public struct EventListPage: Page {
    public let content: PageContent

    /// Asks the store for a page of an issue's events.
    ///
    /// The page begins at `place`, the item `after` of the URL's query; nil and nonsense are the first page.
    public init(_ issue: Issue, after place: String?, store: any Store, context: PageContext) async throws {
        let cursor = place.flatMap(EventPlace.init)?.cursor
        let events = try await store.events(of: issue.id, after: cursor, limit: EventList.pageSize + 1)
        let list = EventList(issue: issue, events: events, isFirstPage: cursor == nil, context: context)
        content = PageContent(
            template: "events", frame: PageFrame("Events of \(issue.shortID)", .issues, context), values: list
        )
    }
}
