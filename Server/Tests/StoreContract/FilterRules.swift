// Rules about what is kept of events that filters have found, and about outcomes over time.

import FlycatcherWire
import Model
import Testing

extension StoreContract {
    static let filterRules = [
        Rule("of each filter the last note is kept", lastNotes),
        Rule("notes of a project that is gone hurt nobody", notesOfNobody),
        Rule("an event that starts archived makes an archived issue, which is not announced", archivedIssue),
        Rule("outcomes are summed by spans of hours", slices),
    ]

    private static func lastNotes(_ store: any Store) async throws {
        let (shop, blog) = (try await store.makeProject("Shop"), try await store.makeProject("Blog"))
        func note(_ project: Project, _ filter: FilterID, _ title: String, _ second: Int64) -> FilterNote {
            FilterNote(project: project.id, filter: filter, title: title, at: .stub(second))
        }
        try await store.note([note(shop, .localhost, "one", 1), note(shop, .release, "two", 2)])
        try await store.note([note(shop, .localhost, "three", 3), note(blog, .localhost, "four", 4)])

        let notes = try await store.filterNotes(of: shop.id)
        #expect(Set(notes) == [note(shop, .localhost, "three", 3), note(shop, .release, "two", 2)])
        #expect(try await store.filterNotes(of: blog.id) == [note(blog, .localhost, "four", 4)])
    }

    private static func notesOfNobody(_ store: any Store) async throws {
        try await store.note([FilterNote(project: ProjectID(99), filter: .localhost, title: "a", at: .stub())]
        )
        try await store.note([])

        #expect(try await store.filterNotes(of: ProjectID(99)).isEmpty)
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
