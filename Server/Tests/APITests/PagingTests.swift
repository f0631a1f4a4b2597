// Proves that following the links visits everything once.

import FlycatcherWire
import Model
import Testing

@testable import API

struct PagingTests {
    private let path = "organizations/flycatcher/issues/"

    @Test(arguments: ["", "statsPeriod=30d&", "project=1&project=2&sort=freq&"])
    func `following the links shows every issue once`(filter: String) async throws {
        let store = store(issueCount: 23)
        var seen: [String] = []
        var query: String? = "\(filter)limit=5"

        while let asked = query, seen.count < 100 {
            let answer = try await store.get(path, asked)
            seen += answer.column("id")
            query = try #require(Link(answer)).nextQuery
        }

        #expect(seen.count == 23)
        #expect(Set(seen).count == 23)
    }

    @Test func `links are absolute and keep the question`() async throws {
        let answer = try await store(issueCount: 3).get(path, "query=\"ValueError: bad\"&limit=2&cursor=")

        let links = try #require(answer.header("Link")).split(separator: ", ")
        #expect(links.count == 2)
        #expect(
            links[0] == """
                <https://errors.example.com/sub/api/0/organizations/flycatcher/issues/\
                ?query=%22ValueError%3A%20bad%22&limit=2&cursor=0%3A0%3A1>; \
                rel="previous"; results="false"; cursor="0:0:1"
                """)
        #expect(links[1].contains(#"rel="next"; results="true"; cursor="1"#))
    }

    @Test func `the number of hits is told`() async throws {
        let answer = try await store(issueCount: 3).get(path, "limit=1")

        #expect(answer.header("X-Hits") == "3")
        #expect(answer.header("X-Max-Hits") == "10000")
    }

    @Test func `a page never holds more than a hundred issues`() async throws {
        let store = store(issueCount: 130)

        #expect(try await store.get(path, "limit=10000").column("id").count == 100)
        #expect(try await store.get(path, "per_page=10000&statsPeriod=30d").column("id").count == 100)
    }

    @Test func `the cursor of the first page is understood`() async throws {
        #expect(try await store(issueCount: 3).get(path, "cursor=0:0:1").column("id").count == 3)
    }

    @Test func `looking through many issues ends after a bound`() async throws {
        // All of them were seen before and after the window, and none has an event in it.
        let answer = try await store(issueCount: 2_500).get(
            path, "sort=freq&start=2026-02-27T00:00:00Z&end=2026-02-27T01:00:00Z")

        #expect(answer.column("id").isEmpty)
        #expect(try #require(Link(answer)).nextQuery != nil)
    }

    @Test func `the events of an issue are paged too`() async throws {
        let issue = Issue.stub()
        let events = (1...5).map { StoredEvent.stub(UInt128($0), issue: issue, at: .noon(minus: Int64($0))) }
        let store = MemoryStore(allProjects: [.stub()], allIssues: [issue], allEvents: events)
        var seen: [String] = []
        var query: String? = "per_page=2"

        while let asked = query, seen.count < 100 {
            let answer = try await store.get("\(path)7/events/", asked)
            seen += answer.column("eventID")
            query = try #require(Link(answer)).nextQuery
        }

        #expect(seen == events.map(\.summary.id.description))
    }

    private func store(issueCount: Int64) -> MemoryStore {
        let projects = [Project.stub(1, slug: "shop"), .stub(2, slug: "blog"), .stub(3, slug: "wiki")]
        let issues = (1...issueCount).map { number in
            Issue.stub(number, project: projects[Int(number % 2)], events: number / 4)
        }
        return MemoryStore(allProjects: projects, allIssues: issues)
    }
}

/// A `Link` header as clients read it.
private struct Link {
    /// The query of the next page; nil on the last one.
    let nextQuery: String?

    init?(_ answer: Answer) {
        guard
            let next = answer.header("Link")?.split(separator: ", ").first(where: {
                $0.contains("rel=\"next\"")
            })
        else { return nil }
        let url = next.prefix { $0 != ">" }
        let hasResults = next.contains("results=\"true\"")
        nextQuery = hasResults ? url.firstIndex(of: "?").map { String(url[url.index(after: $0)...]) } : nil
    }
}
