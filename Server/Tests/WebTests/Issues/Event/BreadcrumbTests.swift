// Breadcrumbs as a time line.

import FlycatcherWire
import Testing

@testable import Web

struct BreadcrumbTests {
    private func crumb(_ json: String) throws -> Breadcrumb {
        let event = try document(json)
        return Breadcrumb(event.root, in: event, until: .present)
    }

    @Test(arguments: [
        (#"{"timestamp": 1772359195.8}"#, "−4.2 s"), (#"{"timestamp": "2026-03-01T09:59:30Z"}"#, "−30 s"),
        (#"{"timestamp": 1772359200}"#, "0"), (#"{"timestamp": 1772359201.5}"#, "+1.5 s"), ("{}", ""),
        (#"{"timestamp": "yesterday"}"#, ""), (#"{"timestamp": {}}"#, ""), (#"{"timestamp": 1e300}"#, ""),
    ])
    func `the gutter says how long before the event it was`(json: String, distance: String) throws {
        #expect(try crumb(json).distance == distance)
    }

    @Test func `requests and navigation are told in a sentence`() throws {
        let request = try crumb(
            #"{"type": "http", "data": {"method": "GET", "url": "https://a.example/b", "status_code": 402, "reason": "no"}}"#
        )
        let way = try crumb(#"{"type": "navigation", "data": {"from": "/a", "to": "/b"}}"#)
        let newer = try crumb(#"{"category": "navigation", "data": {"from": "/b", "to": "/c"}}"#)

        #expect(request.message == "GET https://a.example/b → 402")
        #expect(request.data.pairs == [Pair(name: "reason", value: "no")])
        #expect(way.message == "/a → /b")
        #expect(newer.message == "/b → /c")
    }

    @Test func `what a client keeps for itself or says twice is left out`() throws {
        let request = try crumb(#"{"category": "fetch", "data": {"url": "/a", "__span": "9a3b69ac"}}"#)
        let event = try crumb(#"{"category": "sentry.event", "message": "6133c3", "event_id": "6133c3"}"#)

        #expect(request.message == "/a" && request.data.isEmpty)
        #expect(event.message == "6133c3" && event.data.isEmpty)
    }

    @Test func `a message stands before its data, and nothing gets lost`() throws {
        let crumb = try crumb(
            #"{"category": "auth", "message": "in", "level": "error", "data": {"id": 1, "deep": {"a": [1]}}, "odd": true}"#
        )

        #expect(crumb.kind == "auth")
        #expect(crumb.level == .error)
        #expect(crumb.message == "in")
        #expect(
            crumb.data.pairs == [
                Pair(name: "id", value: "1"), Pair(name: "deep", value: #"{"a":[1]}"#),
                Pair(name: "odd", value: "true"),
            ])
    }

    @Test func `many breadcrumbs keep the newest in sight`() throws {
        let list = (0..<100).map { #"{"message": "m\#($0)"}"# }.joined(separator: ",")
        let crumbs = try #require(
            Breadcrumbs(document(#"{"breadcrumbs": {"values": [\#(list)]}}"#), until: .present, end: "E"))

        #expect(crumbs.earlier.count == 70)
        #expect(crumbs.recent.first?.message == "m70")
        #expect(crumbs.recent.last?.message == "m99")
    }

    @Test(arguments: [
        "{}", #"{"breadcrumbs": []}"#, #"{"breadcrumbs": {"values": null}}"#, #"{"breadcrumbs": "x"}"#,
    ])
    func `no breadcrumbs, no time line`(json: String) throws {
        #expect(Breadcrumbs(try document(json), until: .present, end: "E") == nil)
    }
}
