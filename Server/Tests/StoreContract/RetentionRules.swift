// Rules about letting go of what is old, or too much.

import FlycatcherWire
import Model
import Testing

extension StoreContract {
    static let retentionRules = [
        Rule("usage is counted by project, and follows what is removed", usageFollows),
        Rule("old events go, their issue and its counts stay", agedEventsGo),
        Rule("old hours become days, old days go", hoursBecomeDays),
        Rule(
            "an archived issue goes once nothing of it is left, an unresolved one stays as a stub",
            overIssuesGo),
        Rule("thinning keeps the first, the latest, and the first of each release and environment", thinning),
        Rule("the most crowded issues come first", crowdedFirst),
        Rule("old outcomes go, bit by bit", oldOutcomesGo),
    ]

    private static let day: Int64 = 86_400

    private static func cutoffs(days: Int) -> RetentionCutoffs {
        RetentionCutoffs(days: days, now: .stub())
    }

    private static func age(
        _ store: any Store, _ project: ProjectID, days: Int, limit: Int = 100
    ) async throws -> [RemovedEvents] {
        var removed: [RemovedEvents] = []
        for issue in try await store.agedIssues(after: nil, [project: cutoffs(days: days)]).issues {
            repeat {
                removed.append(
                    try await store.removeAged(from: issue, cutoffs(days: days), limit: limit))
            } while removed.last?.hasMore == true
        }
        return removed
    }

    private static func usageFollows(_ store: any Store) async throws {
        let (shop, cart) = (try await store.makeProject(), try await store.makeProject("Cart"))
        try await store.record(all: [
            .stub(project: shop.id), .stub(project: shop.id, timestamp: .stub(-40 * day)),
            .stub(project: cart.id),
        ])
        let before = try await store.usage()
        #expect(before[shop.id].events == 2)
        #expect(before[cart.id].events == 1)
        #expect(before[shop.id].bytes > before[cart.id].bytes)

        _ = try await age(store, shop.id, days: 30)
        let after = try await store.usage()
        #expect(after[shop.id] == after[cart.id])
        #expect(try await store.totals().events == 2)

        let issue = try #require(try await store.crowdedIssues(of: shop.id, limit: 1).first).issue
        try await store.delete(issue)
        while try await store.continueDepartures() {}
        #expect(try await store.usage()[shop.id] == StorageUsage())
    }

    private static func agedEventsGo(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let old = (0..<7).map { GroupedEvent.stub(project: project.id, timestamp: .stub(-100 * day - $0)) }
        let new = GroupedEvent.stub(project: project.id)
        let other = GroupedEvent.stub(project: project.id, hashes: [2])
        let issue = try await store.record(all: old + [new, other])[0]
        let counts = try await store.dailyCounts(of: [issue], days: 150, today: .stub())

        let removed = try await age(store, project.id, days: 90, limit: 3)

        #expect(removed.map(\.count) == [3, 3, 1])
        #expect(removed.map(\.hasMore) == [true, true, false])
        #expect(try await store.event(old[0].id, in: project.id) == nil)
        #expect(try await store.event(new.id, in: project.id) != nil)
        let kept = try #require(try await store.issue(issue))
        #expect(kept.eventCount == 8)
        #expect(kept.firstSeen == old[6].timestamp)
        #expect(try await store.dailyCounts(of: [issue], days: 150, today: .stub()) == counts)
        #expect(try await age(store, project.id, days: 90).isEmpty)
        #expect(try await !store.record(old[0]).isDuplicate, "what is gone may come again")
    }

    private static func hoursBecomeDays(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let moments = [0, 95, 95, 120, 390, 500].map { Timestamp.stub(-$0 * day) }
        let issue = try await store.record(
            all: moments.map { .stub(project: project.id, timestamp: $0) })[0]

        _ = try await age(store, project.id, days: 30)

        let counts = try #require(
            try await store.dailyCounts(of: [issue], days: 600, today: .stub())[issue])
        #expect(counts[599] == 1)
        #expect(counts[599 - 95] == 2)
        #expect(counts[599 - 120] == 1)
        #expect(counts[599 - 390] == 1)
        #expect(counts.reduce(0, +) == 5, "a day of more than 13 months ago is still counted")
        // What comes late for a day that has been folded counts as well.
        try await store.record(all: [.stub(project: project.id, timestamp: .stub(-120 * day))])
        let later = try await store.dailyCounts(of: [issue], days: 600, today: .stub())[issue]
        #expect(later?[599 - 120] == 2)
    }

    private static func overIssuesGo(_ store: any Store) async throws {
        let project = try await store.makeProject()
        func event(_ hash: UInt128, daysAgo: Int64, startsArchived: Bool = false) -> GroupedEvent {
            .stub(
                project: project.id, timestamp: .stub(-daysAgo * day), hashes: [hash],
                startsArchived: startsArchived)
        }
        let issues = try await store.record(all: [
            event(1, daysAgo: 100), event(2, daysAgo: 100, startsArchived: true),
            event(3, daysAgo: 100, startsArchived: true), event(3, daysAgo: 80),
        ])

        _ = try await age(store, project.id, days: 90)
        while try await store.continueDepartures() {}

        let stub = try #require(try await store.issue(issues[0]))
        #expect(stub.eventCount == 1 && stub.firstSeen == .stub(-100 * day))
        #expect(try await store.event(.latest, of: issues[0]) == nil)
        #expect(try await store.issue(issues[1]) == nil)
        #expect(try await store.issue(issues[2])?.eventCount == 2, "an event of it is left")
        // One that comes again is a new issue, or goes to the stub.
        let again = try await store.record(all: [event(1, daysAgo: 0), event(2, daysAgo: 0)])
        #expect(again[0] == issues[0] && again[1] != issues[1])
        #expect(try await store.issue(issues[0])?.eventCount == 2)
    }

    private static func thinning(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let events = (0..<500).map { index in
            let release = index < 250 ? "1" : "2"
            let environment = index == 350 ? "staging" : "production"
            var facts = EventFacts(type: "E", value: "v", culprit: "")
            facts.release = release
            facts.environment = environment
            return GroupedEvent.stub(
                project: project.id, timestamp: .stub(Int64(index) * 60), facts: facts,
                tags: [Tag("release", release), Tag("environment", environment)])
        }
        // At once, so that they share transactions.
        try await withThrowingTaskGroup(of: Void.self) { group in
            for event in events { group.addTask { _ = try await store.record(event) } }
            try await group.waitForAll()
        }
        // What is noted last is counted last.
        for _ in 0..<40 {
            try await store.record(all: [.stub(project: project.id, tags: [Tag("a", "b")], hashes: [9])])
        }
        let issue = try #require(try await store.crowdedIssues(of: project.id, limit: 1).first).issue

        var place: ThinningPlace?
        var removed = 0
        repeat {
            let thinned = try await store.thinOut(issue, after: place, keeping: (kept: 50, of: 500))
            removed += thinned.count
            place = thinned.next
        } while place != nil

        #expect((445...450).contains(removed))
        let left = try await store.events(of: issue, after: nil, limit: 1000).map(\.id)
        #expect(left.count == 500 - removed)
        for index in [0, 250, 350, 499] { #expect(left.contains(events[index].id), "event \(index)") }
        let halves = left.filter { id in events[..<250].contains { $0.id == id } }.count
        #expect((20...30).contains(halves), "not evenly spread")
        #expect(try await store.issue(issue)?.eventCount == 500)

        // Nothing but what tells something may be left.
        var next: ThinningPlace?
        repeat {
            next = try await store.thinOut(issue, after: next, keeping: (kept: 0, of: 1)).next
        } while next != nil
        let telling = try await store.events(of: issue, after: nil, limit: 1000).map(\.id)
        #expect(Set(telling) == Set([0, 250, 350, 499].map { events[$0].id }))
    }

    private static func crowdedFirst(_ store: any Store) async throws {
        let (shop, cart) = (try await store.makeProject(), try await store.makeProject("Cart"))
        let events = [1, 2, 2, 3, 3, 3].map { GroupedEvent.stub(project: shop.id, hashes: [$0]) }
        let issues = try await store.record(all: events + [.stub(project: cart.id)])

        let crowded = try await store.crowdedIssues(of: shop.id, limit: 2)

        #expect(crowded == [.init(issue: issues[3], events: 3), .init(issue: issues[1], events: 2)])
        #expect(try await store.crowdedIssues(of: nil, limit: 10).count == 4)
    }

    private static func oldOutcomesGo(_ store: any Store) async throws {
        let outcome = Outcome(.invalid, category: "error", reason: "json")
        let hours: [Int64] = [10, 11, 50, 200]
        for project in 1...2 as ClosedRange<Int64> {
            try await store.count(
                Dictionary(
                    uniqueKeysWithValues: hours.map {
                        (OutcomeKey(project: ProjectID(project), key: 1, outcome: outcome, hour: $0), 1)
                    }))
        }

        var rounds = 0
        while try await store.removeOutcomes(beforeHour: 100) { rounds += 1 }

        #expect(rounds == 4)
        #expect(try await store.outcomes(of: nil, sinceHour: 0).map(\.quantity) == [1, 1])
    }
}
