// Rules about asking for events and their place in an issue.

import FlycatcherWire
import Model
import Testing

extension StoreContract {
    static let eventRules = [
        Rule("latest, oldest and a certain event are found with their place", choices),
        Rule("events of one moment stand in the order they came", places),
        Rule("an event of another issue is not found in this one", foreignEvent),
        Rule("what is not there is nil, not an error", absent),
        Rule("events are listed newest first, page by page", listingEvents),
        Rule("a body comes back byte for byte", bodies),
    ]

    private static func choices(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let events = [3, 1, 2].map { GroupedEvent.stub(project: project.id, timestamp: .stub($0 * 4000)) }
        let issue = try await store.record(all: events)[0]
        let (newest, oldest, middle) = (events[0], events[1], events[2])

        let latest = try #require(try await store.event(.latest, of: issue))
        #expect(latest.summary.id == newest.id)
        #expect(latest.position == EventPosition(index: 3, count: 3, previous: middle.id, next: nil))
        let first = try #require(try await store.event(.oldest, of: issue))
        #expect(first.summary.id == oldest.id)
        #expect(first.position == EventPosition(index: 1, count: 3, previous: nil, next: middle.id))
        let chosen = try #require(try await store.event(.id(middle.id), of: issue))
        #expect(chosen.position == EventPosition(index: 2, count: 3, previous: oldest.id, next: newest.id))
        #expect(chosen.summary.timestamp == middle.timestamp)
        #expect(chosen.summary.projectSlug == "shop")
    }

    private static func places(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let events = (0..<5).map { _ in GroupedEvent.stub(project: project.id) }
        try await store.record(all: events)

        for (index, event) in events.enumerated() {
            let position = try await store.event(event.id, in: project.id)?.position
            let expected = EventPosition(
                index: Int64(index) + 1, count: 5, previous: index > 0 ? events[index - 1].id : nil,
                next: index < 4 ? events[index + 1].id : nil)
            #expect(position == expected)
        }
    }

    private static func foreignEvent(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let event = GroupedEvent.stub(project: project.id, hashes: [2])
        let issues = try await store.record(all: [.stub(project: project.id, hashes: [1]), event])

        #expect(try await store.event(.id(event.id), of: issues[0]) == nil)
        #expect(try await store.event(.id(event.id), of: issues[1])?.summary.issue == issues[1])
    }

    private static func absent(_ store: any Store) async throws {
        let project = try await store.makeProject()

        #expect(try await store.issue(IssueID(1)) == nil)
        #expect(try await store.issue(ShortID(prefix: "FLY", number: 1)) == nil)
        #expect(try await store.event(.latest, of: IssueID(1)) == nil)
        #expect(try await store.event(EventID(), in: project.id) == nil)
        #expect(try await store.events(withID: EventID()).isEmpty)
        #expect(try await store.events(of: IssueID(1), after: nil, limit: 10).isEmpty)
    }

    private static func listingEvents(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let events = (0..<10).map { GroupedEvent.stub(project: project.id, timestamp: .stub($0 / 3)) }
        let issue = try await store.record(all: events)[0]

        var seen: [EventID] = []
        var cursor: EventCursor?
        for _ in 0..<4 {
            let page = try await store.events(of: issue, after: cursor, limit: 3)
            seen += page.map(\.id)
            cursor = page.last.map { EventCursor(timestamp: $0.timestamp, id: $0.id) }
        }

        #expect(seen == events.reversed().map(\.id))
    }

    private static func bodies(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let json = #"{"message":""# + String(repeating: "Füße 🪰 \\u0000", count: 20_000) + #""}"#
        let event = GroupedEvent.stub(project: project.id, json: json)
        try await store.record(all: [event])

        #expect(try await store.event(event.id, in: project.id)?.json == Array(json.utf8))
    }
}
