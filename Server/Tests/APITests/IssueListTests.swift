// Proves the list of issues: its members, filters, order and direct hits.

import FlycatcherWire
import Model
import TapeJSON
import Testing

@testable import API

struct IssueListTests {
    private let path = "organizations/flycatcher/issues/"
    private let shop = Project.stub(1, slug: "shop")
    private let blog = Project.stub(2, slug: "blog")

    @Test(arguments: [
        ("id", JSONKind.string), ("shortId", .string), ("title", .string), ("culprit", .string),
        ("permalink", .string), ("logger", .null), ("level", .string), ("status", .string),
        ("statusDetails", .object), ("substatus", .string), ("isPublic", .bool), ("platform", .string),
        ("priority", .string), ("project.id", .string), ("project.name", .string), ("project.slug", .string),
        ("project.platform", .string), ("type", .string), ("issueType", .string), ("issueCategory", .string),
        ("metadata.type", .string), ("metadata.value", .string), ("metadata.filename", .string),
        ("metadata.function", .string), ("metadata.title", .string), ("numComments", .number),
        ("assignedTo", .null), ("isBookmarked", .bool), ("isSubscribed", .bool),
        ("subscriptionDetails", .null),
        ("hasSeen", .bool), ("annotations", .array), ("isUnhandled", .bool), ("count", .string),
        ("userCount", .number), ("firstSeen", .string), ("lastSeen", .string), ("stats.24h", .array),
        ("lifetime.count", .string), ("filtered", .null), ("inbox", .null), ("owners", .null),
        ("matchingEventId", .null),
    ])
    func `every member that tools need is there`(member: String, kind: JSONKind) async throws {
        let store = MemoryStore(allProjects: [shop], allIssues: [.stub(project: shop)])

        let answer = try await store.get(path)

        #expect(answer.status == 200)
        #expect(answer.kind("0.\(member)") == kind)
    }

    @Test func `an issue tells its facts`() async throws {
        let store = MemoryStore(allProjects: [shop], allIssues: [.stub(project: shop)])

        let answer = try await store.get(path, "groupStatsPeriod=14d")

        #expect(answer.text("0.title") == "ValueError: bad")
        #expect(answer.text("0.count") == "12")
        #expect(answer.text("0.permalink") == "https://errors.example.com/sub/issues/SHOP-7/")
        #expect(answer.text("0.lastSeen") == "2026-03-01T12:00:00.000000Z")
        #expect(answer.text("0.metadata.filename") == "shop/cart.py")
        #expect(answer.text("0.metadata.function") == "add")
        #expect(answer.json("0.stats.14d.13") == "[1772323200,14]")
        #expect(answer.text("0.substatus") == "ongoing")
    }

    @Test func `without a search only unresolved issues come`() async throws {
        let store = MemoryStore(
            allProjects: [shop],
            allIssues: [.stub(1), .stub(2, status: .resolved), .stub(3, status: .archived)])

        #expect(try await store.get(path).column("id") == ["1"])
        #expect(try await store.get(path, "query=").column("id").count == 3)
        #expect(try await store.get(path, "query=is:resolved").column("id") == ["2"])
        #expect(try await store.get(path, "query=is%3Aarchived").column("id") == ["3"])
    }

    @Test func `text is looked for in titles`() async throws {
        let store = MemoryStore(allProjects: [shop], allIssues: [.stub(1, title: "KeyError"), .stub(2)])

        #expect(try await store.get(path, "query=keyerr").column("id") == ["1"])
        #expect(try await store.get(path, "query=is:unresolved+%22keyerror:+bad%22").column("id") == ["1"])
    }

    @Test(arguments: [("project=2", ["20"]), ("project=blog", ["20"]), ("project=-1", ["10", "20", "30"])])
    func `a project is chosen by id or slug`(query: String, ids: [String]) async throws {
        let answer = try await storeOfThree().get(path, query)

        #expect(Set(answer.column("id")) == Set(ids))
    }

    @Test func `several projects are chosen together`() async throws {
        let answer = try await storeOfThree().get(path, "project=1&project=blog")

        #expect(Set(answer.column("id")) == ["10", "20"])
        #expect(answer.header("X-Hits") == nil)
    }

    @Test func `the issues of a project have a path of their own`() async throws {
        #expect(try await storeOfThree().get("projects/flycatcher/blog/issues/").column("id") == ["20"])
    }

    @Test(arguments: [("date", ["1", "2"]), ("new", ["2", "1"]), ("freq", ["1", "2"]), ("", ["1", "2"])])
    func `issues come in the order asked for`(sort: String, ids: [String]) async throws {
        let issues: [Issue] = [
            .stub(1, firstSeen: .noon(minus: 9), lastSeen: .noon, events: 5),
            .stub(2, firstSeen: .noon(minus: 1), lastSeen: .noon(minus: 1), events: 2),
        ]

        let answer = try await MemoryStore(allProjects: [shop], allIssues: issues).get(path, "sort=\(sort)")

        #expect(answer.column("id") == ids)
    }

    @Test func `a period leaves out what was not seen in it`() async throws {
        let issues: [Issue] = [.stub(1, lastSeen: .noon(minus: 1)), .stub(2, lastSeen: .noon(minus: 5))]
        let store = MemoryStore(allProjects: [shop], allIssues: issues)

        #expect(try await store.get(path, "statsPeriod=48h").column("id") == ["1"])
        #expect(try await store.get(path, "statsPeriod=2w").column("id") == ["1", "2"])
        #expect(try await store.get(path, "statsPeriod=2d&sort=new").column("id") == ["1"])
    }

    @Test func `a window holds only issues with an event in it`() async throws {
        let busy = Issue.stub(1, project: shop), quiet = Issue.stub(2, project: shop)
        let events: [StoredEvent] = [
            .stub(1, issue: busy, at: .noon(minus: 5)), .stub(2, issue: quiet, at: .noon(minus: 9)),
        ]
        let store = MemoryStore(allProjects: [shop], allIssues: [busy, quiet], allEvents: events)

        let answer = try await store.get(path, "start=2026-02-23T12:00:00&end=2026-02-26T12:00:00&utc=true")

        #expect(answer.column("id") == ["1"])
    }

    @Test func `an event id finds its issue whatever the filters say`() async throws {
        let issue = Issue.stub(1, project: shop, status: .resolved)
        let event = StoredEvent.stub(0xBEEF, issue: issue)
        let store = MemoryStore(allProjects: [shop, blog], allIssues: [issue, .stub(2)], allEvents: [event])

        let id = event.summary.id.description
        let answer = try await store.get(path, "query=+\(id)+&project=2&statsPeriod=1h&sort=new")

        #expect(answer.column("id") == ["1"])
        #expect(answer.text("0.matchingEventId") == id)
        #expect(answer.header("X-Sentry-Direct-Hit") == "1")
    }

    @Test func `an event id that stands in two projects is no direct hit`() async throws {
        let issues = [Issue.stub(1, project: shop), .stub(2, project: blog)]
        let events = issues.map { StoredEvent.stub(5, issue: $0) }
        let store = MemoryStore(allProjects: [shop, blog], allIssues: issues, allEvents: events)

        let answer = try await store.get(path, "query=\(events[0].summary.id)")

        #expect(answer.column("id") == ["1", "2"])
        #expect(answer.header("X-Sentry-Direct-Hit") == nil)
    }

    @Test func `a short id is looked up when asked for`() async throws {
        let store = MemoryStore(
            allProjects: [shop],
            allIssues: [.stub(1, project: shop, status: .resolved), .stub(2, project: shop)])

        let answer = try await store.get(path, "query=shop-1&shortIdLookup=1")

        #expect(answer.column("shortId") == ["SHOP-1"])
        #expect(answer.header("X-Sentry-Direct-Hit") == "1")
        #expect(answer.kind("0.matchingEventId") == .null)
        #expect(try await store.get(path, "query=shop-1").column("id").isEmpty)
    }

    @Test func `parameters that nobody knows change nothing`() async throws {
        let store = MemoryStore(allProjects: [shop], allIssues: [.stub()])

        #expect(try await store.get(path, "expand=owners&collapse=stats&utc=1&foo=bar").column("id") == ["7"])
    }

    private func storeOfThree() -> MemoryStore {
        let wiki = Project.stub(3, slug: "wiki")
        return MemoryStore(
            allProjects: [shop, blog, wiki],
            allIssues: [.stub(10, project: shop), .stub(20, project: blog), .stub(30, project: wiki)])
    }
}
