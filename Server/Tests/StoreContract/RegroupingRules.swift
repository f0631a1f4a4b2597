// Rules about what people do to grouping: rules, merging, deleting, discarding.

import FlycatcherWire
import Model
import Testing

extension StoreContract {
    static let regroupingRules = [
        Rule("G16 a project has its grouping settings and their version from the start", settings),
        Rule("G17 merged issues are one, and later events follow", merging),
        Rule("G17 merged tags, users and days are summed", mergedSums),
        Rule("G17 issues of two projects are not merged", foreignMerge),
        Rule("G17 a deleted issue comes back with its next event", deleting),
        Rule("G17 a discarded issue does not come back, and its events are counted as filtered", discarding),
        Rule("G16 hashes that nobody owns can be given to an issue", attaching),
    ]

    private static func settings(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let version = try await store.projectsVersion()
        #expect(try await store.groupingSettings()[project.id] == GroupingSettings(algorithm: "v1"))

        let settings = GroupingSettings(fingerprintRules: "type:A -> b", stackRules: "function:f -app")
        try await store.setGroupingSettings(settings, of: project.id)

        #expect(try await store.groupingSettings()[project.id] == settings)
        #expect(try await store.projectsVersion() > version)
        await expectStoreError {
            $0 == .missing("project 4711")
        } from: {
            try await store.setGroupingSettings(settings, of: ProjectID(4711))
        }
    }

    private static func merging(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let issues = try await store.record(all: [
            .stub(project: project.id, timestamp: .stub(1), hashes: [1]),
            .stub(project: project.id, timestamp: .stub(2), hashes: [2]),
            .stub(project: project.id, timestamp: .stub(3), hashes: [2]),
        ])

        let merged = try await store.merge([issues[0], issues[1]])

        #expect(merged == issues[1])
        let issue = try #require(try await store.issue(merged))
        #expect(issue.eventCount == 3 && issue.firstSeen == .stub(1) && issue.lastSeen == .stub(3))
        #expect(try await store.issue(issues[0]) == nil)
        #expect(try await store.events(of: merged, after: nil, limit: 9).count == 3)
        #expect(try await store.hashes(of: merged) == [GroupingHash(1), GroupingHash(2)])
        #expect(try await store.record(.stub(project: project.id, hashes: [1])).issue == merged)
        #expect(try await store.totals().issues == 1)
        #expect(try await store.totals().events == 4)
    }

    private static func mergedSums(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let (ann, bob) = (UserDigest(1), UserDigest(2))
        let issues = try await store.record(all: [
            .stub(project: project.id, tags: [Tag("a", "x"), Tag("b", "y")], user: ann, hashes: [1]),
            .stub(project: project.id, tags: [Tag("a", "x")], user: ann, hashes: [2]),
            .stub(project: project.id, tags: [Tag("a", "z")], user: bob, hashes: [2]),
        ])

        let merged = try await store.merge(issues)

        let facets = try await store.tagFacets(of: merged, valueLimit: 9)
        let a = try #require(facets.first { $0.key == "a" })
        #expect(facets.count == 2 && a.total == 3 && a.valueCount == 2)
        #expect(a.values.map(\.count) == [2, 1])
        #expect(try await store.issue(merged)?.userCount == 2)
        let days = try await store.dailyCounts(of: [merged], days: 3, today: .stub())
        #expect(days[merged]?.reduce(0, +) == 3)
    }

    private static func foreignMerge(_ store: any Store) async throws {
        let (shop, blog) = (try await store.makeProject(), try await store.makeProject("Blog"))
        let issues = try await store.record(all: [.stub(project: shop.id), .stub(project: blog.id)])

        await expectStoreError {
            if case .conflict = $0 { true } else { false }
        } from: {
            _ = try await store.merge(issues)
        }
        await expectStoreError {
            $0 == .missing("issue 4711")
        } from: {
            _ = try await store.merge([issues[0], IssueID(4711)])
        }
    }

    private static func deleting(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let event = GroupedEvent.stub(
            project: project.id, tags: [Tag("a", "x")], user: UserDigest(1), hashes: [1])
        let issue = try await store.record(event).issue

        try await store.delete(issue)

        #expect(try await store.issue(issue) == nil)
        #expect(try await store.event(event.id, in: project.id) == nil)
        #expect(try await store.totals().events == 0)
        #expect(try await store.record(.stub(project: project.id, hashes: [1])).isNewIssue)
    }

    private static func discarding(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let issue = try await store.record(.stub(project: project.id, hashes: [1, 2])).issue

        try await store.discard(issue, at: .stub())

        for hashes in [[1], [2, 3]] as [[UInt128]] {
            await expectStoreError {
                $0 == .discarded
            } from: {
                _ = try await store.record(.stub(project: project.id, hashes: hashes))
            }
        }
        #expect(try await store.record(.stub(project: project.id, hashes: [4])).isNewIssue)
        #expect(try await store.totals().events == 1)
        let outcomes = try await store.outcomes(of: project.id, sinceHour: 0)
        #expect(outcomes.first { $0.outcome.reason == "discarded-hash" }?.quantity == 2)
    }

    private static func attaching(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let issues = try await store.record(all: [
            .stub(project: project.id, hashes: [1]), .stub(project: project.id, hashes: [2]),
        ])

        let others = try await store.attach(
            [GroupingHash(1), GroupingHash(2), GroupingHash(3)], to: issues[0])

        #expect(others == [issues[1]])
        #expect(try await store.record(.stub(project: project.id, hashes: [3])).issue == issues[0])
        #expect(try await store.record(.stub(project: project.id, hashes: [2])).issue == issues[1])
    }
}
