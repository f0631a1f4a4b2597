// Rules about asking for issues: order, filter, pages and totals.

import FlycatcherWire
import Model
import Testing

extension StoreContract {
    static let streamRules = [
        Rule("issues come in the order asked for, greatest first", sorting),
        Rule("equal issues come newest id first", sortingTies),
        Rule("a stream may be of one project or of one status", filters),
        Rule("text is found in title, culprit, location and short id, in any case", textSearch),
        Rule("wildcards of the database are plain text in a search", textIsNotAPattern),
        Rule("pages follow each other without gaps or repetition", paging),
        Rule("a page stays where it is while newer events arrive", pagingWhileRecording),
        Rule("the total counts what answers the query, not what the page shows", totals),
        Rule("an empty store has an empty stream", emptyStream),
    ]

    private static func ids(_ store: any Store, _ query: IssueQuery) async throws -> [IssueID] {
        try await store.issues(query).issues.map(\.id)
    }

    private static func sorting(_ store: any Store) async throws {
        let project = try await store.makeProject()
        // Issue A: old, many events. B: newest, one user. C: three users.
        let (a, b, c): (UInt128, UInt128, UInt128) = (1, 2, 3)
        func event(_ hash: UInt128, _ second: Int64, _ user: UInt64? = nil) -> GroupedEvent {
            .stub(
                project: project.id, timestamp: .stub(second), user: user.map { UserDigest($0) },
                hashes: [hash])
        }
        let issues = try await store.record(all: [
            event(a, 1), event(b, 50), event(c, 20, 1), event(a, 2), event(a, 3), event(a, 4),
            event(b, 90, 1),
            event(c, 21, 2), event(c, 22, 3),
        ])
        let (first, second, third) = (issues[0], issues[1], issues[2])

        #expect(try await ids(store, IssueQuery(sort: .lastSeen)) == [second, third, first])
        #expect(try await ids(store, IssueQuery(sort: .firstSeen)) == [second, third, first])
        #expect(try await ids(store, IssueQuery(sort: .eventCount)) == [first, third, second])
        #expect(try await ids(store, IssueQuery(sort: .userCount)) == [third, second, first])
    }

    private static func sortingTies(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let issues = try await store.record(all: (1...4).map { .stub(project: project.id, hashes: [$0]) })

        for sort in IssueSort.allCases {
            #expect(try await ids(store, IssueQuery(sort: sort)) == issues.reversed())
        }
    }

    private static func filters(_ store: any Store) async throws {
        let (shop, blog) = (try await store.makeProject(), try await store.makeProject("Blog"))
        let issues = try await store.record(all: [
            .stub(project: shop.id, timestamp: .stub(1)), .stub(project: blog.id, timestamp: .stub(2)),
            .stub(project: shop.id, timestamp: .stub(3), hashes: [2]),
        ])

        #expect(try await ids(store, IssueQuery(project: shop.id)) == [issues[2], issues[0]])
        #expect(try await ids(store, IssueQuery(project: blog.id)) == [issues[1]])
        #expect(try await ids(store, IssueQuery()) == [issues[2], issues[1], issues[0]])
        #expect(try await ids(store, IssueQuery(status: nil)) == [issues[2], issues[1], issues[0]])
        #expect(try await ids(store, IssueQuery(status: .resolved)).isEmpty)
        #expect(try await ids(store, IssueQuery(project: ProjectID(4711))).isEmpty)
    }

    private static func textSearch(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let facts = EventFacts(
            type: "KeyError", value: "no such Basket", culprit: "shop.views in pay",
            location: "shop/views.py:12 in pay")
        let issue = try await store.record(.stub(project: project.id, facts: facts)).issue
        try await store.record(all: [
            .stub(project: project.id, facts: EventFacts(type: "Other"), hashes: [2])
        ])

        for text in ["keyerror", "KeyError: no", "BASKET", "shop.views in", "views.py:12", "fly-1"] {
            #expect(try await ids(store, IssueQuery(text: text)) == [issue], "\(text)")
            #expect(try await store.issues(IssueQuery(text: text)).total == 1, "\(text)")
        }
        #expect(try await ids(store, IssueQuery(text: "nowhere")).isEmpty)
    }

    private static func textIsNotAPattern(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let titles = ["100% sure", "snake_case", "back\\slash", "plain"]
        let issues = try await store.record(
            all: titles.enumerated().map { number, title in
                .stub(project: project.id, facts: EventFacts(type: title), hashes: [UInt128(number)])
            })

        #expect(try await ids(store, IssueQuery(text: "0%")) == [issues[0]])
        #expect(try await ids(store, IssueQuery(text: "e_c")) == [issues[1]])
        #expect(try await ids(store, IssueQuery(text: "k\\s")) == [issues[2]])
        #expect(try await ids(store, IssueQuery(text: "%")) == [issues[0]])
        #expect(try await ids(store, IssueQuery(text: "'; --")).isEmpty)
    }

    private static func paging(_ store: any Store) async throws {
        let (shop, blog) = (try await store.makeProject(), try await store.makeProject("Blog"))
        let recorded = try await store.record(
            all: (0..<23).map { number in
                let project = number.isMultiple(of: 3) ? blog : shop
                return .stub(
                    project: project.id, timestamp: .stub(Int64(number / 2)), hashes: [UInt128(number)])
            })

        for sort in IssueSort.allCases {
            var query = IssueQuery(sort: sort, limit: 5)
            var seen: [IssueID] = []
            var pageCount = 0
            repeat {
                let page = try await store.issues(query)
                seen += page.issues.map(\.id)
                query.after = page.next
                pageCount += 1
            } while query.after != nil && pageCount < 20
            #expect(seen == recorded.reversed(), "\(sort)")
            #expect(pageCount == 5)
        }
    }

    private static func pagingWhileRecording(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let issues = try await store.record(
            all: (0..<6).map { .stub(project: project.id, timestamp: .stub($0), hashes: [UInt128($0)]) })
        let first = try await store.issues(IssueQuery(limit: 3))

        try await store.record(all: [
            .stub(project: project.id, timestamp: .stub(100), hashes: [99]),
            .stub(project: project.id, timestamp: .stub(101), hashes: [4]),
        ])
        let second = try await store.issues(IssueQuery(after: first.next, limit: 3))

        #expect(first.issues.map(\.id) == [issues[5], issues[4], issues[3]])
        #expect(second.issues.map(\.id) == [issues[2], issues[1], issues[0]])
        #expect(second.next == nil)
    }

    private static func totals(_ store: any Store) async throws {
        let (shop, blog) = (try await store.makeProject(), try await store.makeProject("Blog"))
        try await store.record(
            all: (0..<7).map { .stub(project: $0 < 5 ? shop.id : blog.id, hashes: [UInt128($0)]) })

        #expect(try await store.issues(IssueQuery(limit: 2)).total == 7)
        #expect(try await store.issues(IssueQuery(project: blog.id, limit: 1)).total == 2)
        #expect(try await store.issues(IssueQuery(status: .resolved)).total == 0)
    }

    private static func emptyStream(_ store: any Store) async throws {
        let page = try await store.issues(IssueQuery(status: nil))

        #expect(page.issues.isEmpty && page.next == nil && page.total == 0)
    }
}
