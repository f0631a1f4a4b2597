// The part of an issue's page that says why an event is grouped as it is.

import FlycatcherWire
import Model
import Testing

@testable import Web

struct WhyPartTests {
    @Test func `the page says what counts, and why the rest does not`() async throws {
        let explanation = GroupingExplanation(
            version: "v1", summary: "Grouped by the exception.",
            variants: [
                .init(
                    name: "app", hash: GroupingHash(255), reason: nil,
                    parts: [
                        .init(kind: "exception", text: ""), .init(kind: "frame", text: "shop in pay"),
                        .init(kind: "value", text: "<b>", reason: "the stack trace says more"),
                    ]),
                .init(name: "system", hash: nil, reason: "no frame counts in it", parts: []),
            ])
        let store = PageStore(stored: [.stub("{}")])

        let page = try await IssueDetailPage(
            .stub(), event: .latest, store: store, explain: { _ in explanation }, context: .stub())
        let html = try Rendered.html(try #require(page))

        for text in [
            "Why it is grouped here", "version v1", "Grouped by the exception.",
            "By the app&#39;s own frames",
            "000000000000000000000000000000ff", "shop in pay", "&lt;b&gt;",
            "not counted: the stack trace says more",
            "By all frames", "not counted: no frame counts in it",
        ] {
            #expect(html.contains(text), "\(text)")
        }
    }
}
