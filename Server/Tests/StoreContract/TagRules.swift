// Rules about how an issue's events spread over their tags.

import FlycatcherWire
import Model
import Testing

extension StoreContract {
    static let tagRules = [
        Rule("facets are by key, their values by how often they came", facets),
        Rule("a tag value knows when it was first and last seen", tagMoments),
        Rule("facets of an issue without tags, and of none, are empty", noFacets),
        Rule("beyond a thousand values of a key only its total grows", valueBound),
        Rule("beyond two hundred keys of an issue no key is added", keyBound),
    ]

    private static func facets(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let browsers = ["Firefox", "Safari", "Firefox", "Chrome", "Safari", "Firefox"]

        let issues = try await store.record(
            all: browsers.map { .stub(project: project.id, tags: [Tag("browser", $0), Tag("app", "x")]) })

        let facets = try await store.tagFacets(of: issues[0], valueLimit: 2)
        #expect(facets.map(\.key) == ["app", "browser"])
        #expect(facets.map(\.total) == [6, 6])
        #expect(facets.map(\.valueCount) == [1, 3])
        #expect(facets[1].values.map(\.value) == ["Firefox", "Safari"])
        #expect(facets[1].values.map(\.count) == [3, 2])
    }

    private static func tagMoments(_ store: any Store) async throws {
        let project = try await store.makeProject()

        let issues = try await store.record(
            all: [30, 10, 20].map {
                .stub(project: project.id, timestamp: .stub($0), tags: [Tag("a", "b")])
            })

        let expected = TagCount(value: "b", count: 3, firstSeen: .stub(10), lastSeen: .stub(30))
        #expect(try await store.tagFacets(of: issues[0], valueLimit: 9).first?.values == [expected])
    }

    private static func noFacets(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let issue = try await store.record(.stub(project: project.id)).issue

        #expect(try await store.tagFacets(of: issue, valueLimit: 9).isEmpty)
        #expect(try await store.tagFacets(of: IssueID(4711), valueLimit: 9).isEmpty)
    }

    private static func valueBound(_ store: any Store) async throws {
        let project = try await store.makeProject()
        var issues: [IssueID] = []
        for thousand in 0..<2 {
            let tags = (0..<1000).map { Tag("request", "\(thousand)-\($0)") }
            issues.append(try await store.record(.stub(project: project.id, tags: tags)).issue)
        }
        issues.append(try await store.record(.stub(project: project.id, tags: [Tag("request", "0-5")])).issue)

        let facet = try #require(try await store.tagFacets(of: issues[0], valueLimit: 5000).first)
        #expect(facet.total == 2001)
        #expect(facet.valueCount == 1000)
        #expect(facet.values.count == 1000)
        #expect(facet.values.first?.value == "0-5")
        #expect(facet.values.first?.count == 2)
    }

    private static func keyBound(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let many = (0..<300).map { Tag("key\($0)", "x") }
        let issue = try await store.record(.stub(project: project.id, tags: many)).issue
        let known = try #require(try await store.tagFacets(of: issue, valueLimit: 1).first?.key)

        try await store.record(all: [.stub(project: project.id, tags: [Tag(known, "x"), Tag("other", "x")])])

        let facets = try await store.tagFacets(of: issue, valueLimit: 1)
        #expect(facets.count == 200)
        #expect(facets.first { $0.key == known }?.total == 2)
        #expect(!facets.contains { $0.key == "other" })
    }
}
