// Rules about outcomes and totals.

import FlycatcherWire
import Model
import Testing

extension StoreContract {
    static let figureRules = [
        Rule("recording counts what was accepted, by category", acceptedByCategory),
        Rule("outcomes given are summed by project, outcome and hour", outcomesSum),
        Rule("concurrent counts are all counted", racingOutcomes),
        Rule("counting nothing is no work", countingNothing),
        Rule("totals count events, issues and projects", totalsCount),
        Rule("a store that answers passes its check", checkPasses),
    ]

    private static func acceptedByCategory(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let types: [EventType] = [.error, .error, .message, .transaction, .csp, .feedback]
        try await store.record(all: types.map { .stub(project: project.id, type: $0) })

        let totals = try await store.outcomes(of: project.id, sinceHour: 0)

        let quantities = Dictionary(uniqueKeysWithValues: totals.map { ($0.outcome, $0.quantity) })
        let expected: [Outcome: Int64] = [
            Outcome(.accepted, category: "error"): 2, Outcome(.accepted, category: "default"): 1,
            Outcome(.accepted, category: "transaction"): 1, Outcome(.accepted, category: "security"): 1,
            Outcome(.accepted, category: "feedback"): 1,
        ]
        #expect(quantities == expected)
    }

    private static func outcomesSum(_ store: any Store) async throws {
        let invalid = Outcome(.invalid, category: "error", reason: "json")
        func key(_ project: Int64, _ hour: Int64, key: Int64 = 1) -> OutcomeKey {
            OutcomeKey(project: ProjectID(project), key: key, outcome: invalid, hour: hour)
        }
        try await store.count([key(1, 10): 1, key(1, 11): 2, key(1, 11, key: 0): 4, key(2, 11): 8])
        try await store.count([key(1, 11): 16])

        let first = OutcomeTotal(project: ProjectID(1), outcome: invalid, quantity: 22)
        let second = OutcomeTotal(project: ProjectID(2), outcome: invalid, quantity: 8)
        #expect(try await store.outcomes(of: ProjectID(1), sinceHour: 11) == [first])
        #expect(try await store.outcomes(of: nil, sinceHour: 11) == [first, second])
        #expect(try await store.outcomes(of: nil, sinceHour: 12).isEmpty)
    }

    private static func racingOutcomes(_ store: any Store) async throws {
        let key = OutcomeKey(
            project: ProjectID(1), key: 1, outcome: Outcome(.filtered, category: "error", reason: "x"),
            hour: 1)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<200 { group.addTask { try await store.count([key: 3]) } }
            try await group.waitForAll()
        }

        #expect(try await store.outcomes(of: nil, sinceHour: 0).map(\.quantity) == [600])
    }

    private static func countingNothing(_ store: any Store) async throws {
        let key = OutcomeKey(
            project: ProjectID(1), key: 1, outcome: Outcome(.invalid, category: "error"), hour: 1)
        try await store.count([:])
        try await store.count([key: 0])

        #expect(try await store.outcomes(of: nil, sinceHour: 0).isEmpty)
    }

    private static func totalsCount(_ store: any Store) async throws {
        let (shop, blog) = (try await store.makeProject(), try await store.makeProject("Blog"))
        try await store.record(all: [
            .stub(project: shop.id), .stub(project: shop.id), .stub(project: blog.id),
        ])

        let totals = try await store.totals()

        #expect(totals.events == 3)
        #expect(totals.issues == 2)
        #expect(totals.projects == 2)
        #expect(totals.diskBytes > 0)
    }

    private static func checkPasses(_ store: any Store) async throws {
        try await store.check()
    }
}
