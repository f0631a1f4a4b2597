// The list of an issue's events.

import FlycatcherWire
import Model
import Testing

@testable import Web

struct EventListPageTests {
    private func events(_ count: UInt64) -> [StoredEvent] {
        guard count > 0 else { return [] }
        return (1...count).map {
            .stub("{}", id: EventID(value: UInt128($0)), at: Timestamp.present.minus(Int64(1000 - $0)))
        }
    }

    private func html(_ count: UInt64, after: String? = nil) async throws -> String {
        try Rendered.html(
            try await EventListPage(
                .stub(), after: after, store: PageStore(stored: events(count)), context: .stub()))
    }

    @Test(
        arguments: [(0, 0, false), (1, 1, false), (50, 50, false), (51, 50, true), (900, 50, true)]
            as [(UInt64, Int, Bool)])
    func `a page holds 50 events and says whether there are more`(
        count: UInt64, rows: Int, hasMore: Bool
    ) async throws {
        let html = try await html(count)

        #expect(try HTMLOutline(html).elements.count { $0.name == "tr" } == (rows == 0 ? 0 : rows + 1))
        #expect(html.contains("rel=\"next\"") == hasMore)
    }

    @Test func `the next page begins behind the last event of this one`() async throws {
        let place = EventPlace(events(900)[850].summary)
        let html = try await html(900, after: place.description)

        #expect(html.contains("/events/\(EventID(value: 850))/\""))
        #expect(!html.contains("/events/\(EventID(value: 851))/\""))
        #expect(EventPlace(place.description)?.cursor == place.cursor)
    }

    @Test(arguments: ["", "x", "1.", ".1", "1.2.3", "99999999999999999999.0"])
    func `a place that makes no sense is the first page`(place: String) async throws {
        #expect(EventPlace(place) == nil)
        #expect(try await html(3, after: place).contains(EventID(value: 3).description))
    }
}
