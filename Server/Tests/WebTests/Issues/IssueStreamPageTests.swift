// The issue stream.

import FlycatcherWire
import Model
import Testing

@testable import Web

struct IssueStreamPageTests {
    private func html(
        _ store: PageStore, _ items: [String: String] = [:], context: PageContext = .stub()
    ) async throws -> String {
        try Rendered.html(
            try await IssueStreamPage(StreamAddress { items[$0] }, store: store, context: context))
    }

    private func row(_ issue: Model.Issue) -> IssueRow {
        IssueRow(issue, dailyCounts: [], context: .stub())
    }

    @Test func `a row shows what, where, how often, for how many and since when`() async throws {
        let html = try await html(PageStore(found: [.stub()], counts: [1, 2, 3]))

        #expect(html.contains("<b>OrderError</b>: saveFailed(id: 17): connection closed</a>"))
        #expect(html.contains("href=\"/issues/FLY-1A/\""))
        #expect(html.contains(">Sources/Shop/OrderController.swift:42 in save(_:)</span>"))
        #expect(html.contains("title=\"840 events\">840</td>"))
        #expect(html.contains("title=\"61 users\">61</td>"))
        #expect(html.contains("title=\"2026-03-01 09:58:00 UTC\">2 min</time>"))
        #expect(html.contains("aria-label=\"6 events in 14 days, at most 3 a day, 3 today\""))
    }

    @Test func `an issue is new for a day`() {
        #expect(row(.stub(firstSeen: Timestamp.present.minus(86_399))).firstSeen.isFresh)
        #expect(!row(.stub(firstSeen: Timestamp.present.minus(86_400))).firstSeen.isFresh)
    }

    @Test func `only what was not handled is flagged so`() async throws {
        let handled = try await html(PageStore(found: [.stub(isUnhandled: false)]))
        let unhandled = try await html(PageStore(found: [.stub(isUnhandled: true)]))

        #expect(!handled.contains("UNHANDLED"))
        #expect(unhandled.contains("UNHANDLED"))
    }

    @Test func `without a frame the culprit says where`() {
        #expect(row(.stub(facts: .stub(culprit: "/cart", location: ""))).location == "/cart")
    }

    @Test func `25 long rows stay under 100 KB`() async throws {
        let facts = EventFacts.stub(
            type: String(repeating: "LongErrorName", count: 6), value: String(repeating: "value ", count: 17),
            culprit: "", location: String(repeating: "path/", count: 30))
        let issues = (1...25).map {
            Model.Issue.stub(number: $0, facts: facts, events: 10_000, isUnhandled: true)
        }

        let html = try await html(
            PageStore(
                found: issues, next: IssueCursor(value: 1, id: IssueID(1)), total: 10_000, counts: [1, 9, 99])
        )

        #expect(html.utf8.count < 100_000)
        #expect(html.contains("1–25 of more than 10,000"))
        #expect(try HTMLOutline(html).elements.count { $0.name == "tr" } == 26)
    }

    @Test(arguments: [(1, "1–1 of 1"), (25, "1–25 of 25")])
    func `the range counts what is shown`(count: Int64, words: String) async throws {
        let html = try await html(PageStore(found: (1...count).map { .stub(number: $0) }))

        #expect(html.contains(words))
        #expect(!html.contains("rel=\"next\""))
    }

    @Test func `a later page goes on counting and leads both ways`() async throws {
        let store = PageStore(found: [.stub()], next: IssueCursor(value: 3, id: IssueID(8)), total: 60)

        let html = try await html(store, ["trail": "9:1:0", "page": "2"])

        #expect(html.contains("26–26 of 60"))
        #expect(html.contains("rel=\"prev\" href=\"/issues/\""))
        #expect(html.contains("rel=\"next\" href=\"/issues/?trail=9%3A1%3A0.3%3A8%3A0&amp;page=3\""))
    }

    @Test func `the search keeps the tab, and the tabs keep the search`() async throws {
        let html = try await html(PageStore(found: [.stub()]), ["query": "x", "status": "all"])

        #expect(html.contains("<input type=\"hidden\" name=\"status\" value=\"all\">"))
        #expect(html.contains("href=\"/issues/?query=x&amp;status=resolved\""))
    }

    @Test func `every way to have nothing to show says what to do next`() async throws {
        let empty = PageStore()
        let waiting = PageContext.stub(projects: [.stub(firstEventAt: nil)])

        #expect(try await html(empty, context: waiting).contains("No event has arrived yet"))
        #expect(try await html(empty, context: waiting).contains("href=\"/projects/shop-api/setup/\""))
        #expect(try await html(empty, context: .stub(projects: [])).contains("Make a project"))
        #expect(try await html(empty, ["query": "teapot"]).contains("Nothing matches “teapot”"))
        #expect(try await html(empty).contains("All clear"))
        #expect(try await html(empty, ["status": "all"]).contains("No issues"))
        #expect(try await html(empty, ["project": "gone"]).contains("There is no project “gone”"))
    }

    @Test func `links respect the path of the public address`() async throws {
        let context = PageContext.stub(publicURL: "https://errors.example/deep/flycatcher/")

        let html = try await html(PageStore(found: [.stub()]), context: context)
        let links = try HTMLOutline(html).elements.flatMap(\.attributes).filter {
            ["href", "src", "action"].contains($0.name)
        }

        #expect(links.count > 8)
        #expect(links.allSatisfy { $0.value.hasPrefix("/deep/flycatcher/") || $0.value.hasPrefix("#") })
    }
}
