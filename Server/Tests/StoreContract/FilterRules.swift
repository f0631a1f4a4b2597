// Rules about what is kept of events that filters have found, and about outcomes over time.

import FlycatcherWire
import Model
import Testing

extension StoreContract {
    static let filterRules = [
        Rule("a pattern is counted by day and week, with the last title", talliesOfPatterns),
        Rule("of patterns that nothing fits any more the oldest are forgotten", boundedTallies),
        Rule("notes of a project that is gone hurt nobody", notesOfNobody),
        Rule("an event that starts archived makes an archived issue, which is not announced", archivedIssue),
        Rule("outcomes are summed by spans of hours", slices),
    ]

    private static func talliesOfPatterns(_ store: any Store) async throws {
        let (shop, blog) = (try await store.makeProject("Shop"), try await store.makeProject("Blog"))
        let now = Timestamp.stub()
        func note(
            _ project: Project, _ pattern: String, _ title: String, hoursAgo: Int64, _ count: Int64 = 1
        ) -> FilterNote {
            FilterNote(
                project: project.id, filter: .release, pattern: pattern, count: count, title: title,
                at: now.advanced(byMicroseconds: -hoursAgo * 3_600_000_000))
        }
        try await store.note([note(shop, "1.*", "old", hoursAgo: 168, 5)])
        try await store.note([note(shop, "1.*", "a", hoursAgo: 24)])
        try await store.note([note(shop, "1.*", "b", hoursAgo: 23, 3), note(shop, "1.*", "", hoursAgo: 0)])
        try await store.note([note(shop, "2.*", "c", hoursAgo: 30), note(blog, "1.*", "d", hoursAgo: 0)])

        let tallies = try await store.filterTallies(of: shop.id, at: now)
        #expect(
            Set(tallies) == [
                FilterTally(
                    filter: .release, pattern: "1.*", dayCount: 4, weekCount: 5, title: "b", at: now),
                FilterTally(
                    filter: .release, pattern: "2.*", dayCount: 0, weekCount: 1, title: "c",
                    at: now.advanced(byMicroseconds: -30 * 3_600_000_000)),
            ])
        #expect(try await store.filterTallies(of: blog.id, at: now).map(\.title) == ["d"])
    }

    private static func boundedTallies(_ store: any Store) async throws {
        let shop = try await store.makeProject()
        let count = FilterTally.maximumCount
        let notes = (0..<count + 10).map { index in
            FilterNote(
                project: shop.id, filter: .release, pattern: "\(index)", title: "t",
                at: .stub(Int64(index)))
        }

        try await store.note(notes)

        let found = Set(try await store.filterTallies(of: shop.id, at: .stub()).map(\.pattern))
        #expect(found == Set((10..<count + 10).map { "\($0)" }))
    }

    private static func notesOfNobody(_ store: any Store) async throws {
        try await store.note([FilterNote(project: ProjectID(99), filter: .localhost, title: "a", at: .stub())]
        )
        try await store.note([])

        #expect(try await store.filterTallies(of: ProjectID(99), at: .stub()).isEmpty)
    }

    private static func archivedIssue(_ store: any Store) async throws {
        _ = try await store.makeProject()
        let issue = try await store.record(.stub(hashes: [1], startsArchived: true)).issue
        _ = try await store.record(.stub(hashes: [2]))
        _ = try await store.record(.stub(hashes: [2], startsArchived: true))

        #expect(try await store.issue(issue)?.status == .archived)
        #expect(try await store.issues(IssueQuery(status: .unresolved)).issues.map(\.eventCount) == [2])
        #expect(try await store.takeAnnouncements(limit: 9).count == 1)
    }

    private static func slices(_ store: any Store) async throws {
        let (shop, blog) = (try await store.makeProject("Shop"), try await store.makeProject("Blog"))
        let hour = Timestamp.stub().hour
        let outcome = Outcome(.filtered, category: "error", reason: "localhost")
        func key(_ project: Project, _ offset: Int64, key: Int64 = 1) -> OutcomeKey {
            OutcomeKey(project: project.id, key: key, outcome: outcome, hour: hour + offset)
        }
        try await store.count([
            key(shop, 0): 1, key(shop, 1): 2, key(shop, 1, key: 2): 3, key(shop, 3): 4, key(shop, 4): 5,
            key(shop, -1): 6,
            key(blog, 0): 7,
        ])

        let spans = HourSpans(start: hour, count: 2, length: 2)
        let found = try await store.outcomes(of: shop.id, in: spans)
        #expect(found.map(\.index) == [0, 1] && found.map(\.total.quantity) == [6, 4])
        #expect(found.allSatisfy { $0.total.outcome == outcome && $0.total.project == shop.id })
        #expect(try await store.outcomes(of: nil, in: spans).reduce(0) { $0 + $1.total.quantity } == 17)
    }
}
