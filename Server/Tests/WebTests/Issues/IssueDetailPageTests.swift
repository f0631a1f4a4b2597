// The page of an issue.

import FlycatcherWire
import Foundation
import Model
import Testing

@testable import Web

struct IssueDetailPageTests {
    @Test func `everything that the event holds is on the page`() async throws {
        let html = try await Rendered.issuePage(SampleEvent.json)
        let event = try JSONSerialization.jsonObject(with: Data(SampleEvent.json.utf8))
        let missing = Self.texts(in: event).filter { !html.contains(EscapedHTML().escapeText($0)) }

        #expect(missing.isEmpty)
    }

    @Test func `an issue has no page for an event that it does not have`() async throws {
        let store = PageStore(stored: [.stub(SampleEvent.json)])
        let issue = Model.Issue.stub()

        #expect(
            try await IssueDetailPage(issue, event: .id(EventID(value: 99)), store: store, context: .stub())
                == nil)
        #expect(
            try await IssueDetailPage(issue, event: .id(EventID(value: 7)), store: store, context: .stub())
                != nil)
    }

    @Test func `an issue without stored events shows what is known`() async throws {
        let page = try #require(
            try await IssueDetailPage(.stub(), event: .latest, store: PageStore(), context: .stub()))
        let html = try Rendered.html(page)

        #expect(html.contains("OrderError</h1>"))
        #expect(html.contains("The events of this issue have been removed"))
        #expect(html.contains("840 events"))
    }

    @Test func `an event that cannot be read says so`() async throws {
        let html = try await Rendered.issuePage("{broken")

        #expect(html.contains("This event cannot be read: invalid JSON"))
        #expect(html.contains("/events/00000000000000000000000000000007/json/"))
    }

    @Test func `the switcher leads to the neighbours and to both ends`() async throws {
        let position = EventPosition(
            index: 12, count: 10_840, previous: EventID(value: 6), next: EventID(value: 8))
        let store = PageStore(stored: [.stub("{}", position: position)])
        let page = try #require(
            try await IssueDetailPage(.stub(), event: .latest, store: store, context: .stub()))
        let html = try Rendered.html(page)

        #expect(html.contains(">Event 12 of 10,840</a>"))
        #expect(
            html.contains("href=\"/issues/FLY-1A/events/00000000000000000000000000000006/\" rel=\"prev\""))
        #expect(
            html.contains("href=\"/issues/FLY-1A/events/00000000000000000000000000000008/\" rel=\"next\""))
        #expect(html.contains("href=\"/issues/FLY-1A/events/oldest/\""))
        #expect(html.contains("href=\"/issues/FLY-1A/events/latest/\""))
    }

    @Test func `the only event leads nowhere else`() async throws {
        let html = try await Rendered.issuePage("{}")

        #expect(html.contains(">Event 1 of 1</a>"))
        #expect(!html.contains("rel=\"prev\"") && !html.contains("/oldest/") && !html.contains("/latest/"))
    }

    @Test func `the verdict says what most events share and others do not`() throws {
        let verdict = Verdict(
            issue: .stub(firstSeen: Timestamp.present.minus(840), events: 100),
            facets: [
                facet("region", ["eu": 93, "us": 7]), facet("os", ["Linux": 100]),
                facet("plan", ["a": 50, "b": 50]),
                facet("level", ["error": 99, "info": 1]), facet("host", ["h": 4]),
            ], now: .present)
        let words = verdict.parts.map { $0.before + $0.strong + $0.after }.joined()

        #expect(
            words
                == "New: first seen 14 min ago, last seen 2 min ago · 100 events · 61 users · 93 % on region eu"
        )
    }

    @Test func `facets show the first values and how many more there are`() throws {
        let counts = Dictionary(uniqueKeysWithValues: (0..<8).map { ("v\($0)", Int64(100 - $0)) })
        let none = TagFacet(key: "none", total: 0, valueCount: 0, values: [])
        let list = FacetList([facet("zone", counts), facet("release", ["1": 1, "2": 1]), none], events: 840)

        #expect(list.spread.map(\.facet.key) == ["release", "zone"])
        #expect((list.spread[1].child(named: "values") as? [FacetValue])?.count == 6)
        #expect(list.spread[1].child(named: "more") as? String == "2")
    }

    @Test func `what is the same in every event is no facet, and nothing is said twice`() {
        let facets = [
            facet("level", ["error": 10]), facet("os.name", ["Linux": 10]), facet("os", ["Linux 6": 10]),
            facet("plan", ["pro": 4]),
        ]
        let list = FacetList(facets, events: 10)

        #expect(list.constant == [Pair(name: "level", value: "error"), Pair(name: "os", value: "Linux 6")])
        #expect(list.spread.map(\.facet.key) == ["plan"])
    }

    @Test func `shares are of all events, also of those without the tag`() {
        let values = FacetView(facet("plan", ["pro": 4]), events: 10).child(named: "values") as? [FacetValue]

        #expect(values?.first?.child(named: "share") as? String == "40 %")
    }

    private func facet(_ key: String, _ counts: [String: Int64]) -> TagFacet {
        let values = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
            TagCount(value: $0.key, count: $0.value, firstSeen: .present, lastSeen: .present)
        }
        return TagFacet(
            key: key, total: counts.values.reduce(0, +), valueCount: Int64(values.count), values: values)
    }

    /// The texts of an event that its page shows as they are; moments are shown in words.
    private static func texts(in value: Any) -> [String] {
        switch value {
        case let object as [String: Any]:
            object.filter { !["_meta", "timestamp", "source"].contains($0.key) }.values.flatMap(texts)
        case let list as [Any]: list.flatMap(texts)
        case let text as String: ["", "generic", "chained"].contains(text) ? [] : [text]
        default: []
        }
    }
}
