// Rules about taking issues apart, and moving events to where rules send them.

import FlycatcherWire
import Model
import Testing

extension StoreContract {
    static let unmergingRules = [
        Rule("G17 unmerged hashes are an issue, and later events follow", unmerging),
        Rule("G17 unmerged events take their counters, users, tags and days along", unmergedSums),
        Rule("G17 hashes are unmerged only where some go and some stay", unmergeRefusals),
        Rule("regrouping splits off what belongs to nobody, and keeps what is chosen", splitting),
        Rule("regrouping sends events to the issues that own their hashes", sending),
        Rule("regrouping leaves no issue without events", emptying),
        Rule("regrouping passes over events that nobody can read", unreadable),
        Rule("regrouping is done once by whoever is first", racingRegroupers),
    ]

    private static func unmerging(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let events = (1...4).map { number in
            GroupedEvent.stub(
                project: project.id, timestamp: .stub(Int64(number)),
                facts: EventFacts(type: "E\(number)"), hashes: [UInt128(number % 2 + 1)])
        }
        let merged = try await store.merge(try await store.record(all: events))

        let new = try await store.unmerge([GroupingHash(1)], from: merged)
        let next = try await store.record(
            .stub(project: project.id, timestamp: .stub(5), facts: EventFacts(type: "E5"), hashes: [1]))
        try await store.regroupAll(as: events)

        #expect(next.issue == new)
        let (left, gone) = (try await store.issue(merged), try await store.issue(new))
        #expect(left?.eventCount == 2 && left?.firstSeen == .stub(1) && left?.lastSeen == .stub(3))
        #expect(left?.facts.type == "E3")
        #expect(gone?.eventCount == 3 && gone?.firstSeen == .stub(2) && gone?.facts.type == "E5")
        #expect(try await store.hashes(of: merged) == [GroupingHash(2)])
        #expect(gone?.shortID.description == "FLY-3")
        #expect(try await store.totals().issues == 2)
        #expect(try await store.event(.latest, of: merged)?.position.index == 2)
        #expect(try await store.regroupingCount(of: project.id) == 0)
    }

    private static func unmergedSums(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let (ann, bob) = (UserDigest(1), UserDigest(2))
        let day: Int64 = 86_400
        let events = [
            GroupedEvent.stub(
                project: project.id, timestamp: .stub(-day), facts: .init(type: "A", isHandled: false),
                tags: [Tag("a", "x")], user: ann, hashes: [1]),
            .stub(project: project.id, tags: [Tag("a", "x"), Tag("b", "y")], user: ann, hashes: [2]),
            .stub(project: project.id, tags: [Tag("a", "z")], user: bob, hashes: [2]),
        ]
        let merged = try await store.merge(try await store.record(all: events))
        #expect(try await store.issue(merged)?.isUnhandled == true)

        let new = try await store.unmerge([GroupingHash(1)], from: merged)
        try await store.regroupAll(as: events)

        let (left, gone) = (try await store.issue(merged), try await store.issue(new))
        #expect(left?.userCount == 2 && gone?.userCount == 1)
        #expect(left?.isUnhandled == false && gone?.isUnhandled == true)
        let facets = try await store.tagFacets(of: merged, valueLimit: 9)
        #expect(facets.map(\.total) == [2, 1] && facets.map(\.valueCount) == [2, 1])
        #expect(try await store.tagFacets(of: new, valueLimit: 9).map(\.total) == [1])
        let days = try await store.dailyCounts(of: [merged, new], days: 2, today: .stub())
        #expect(days[merged] == [0, 2] && days[new] == [1, 0])
    }

    private static func unmergeRefusals(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let issue = try await store.record(.stub(project: project.id, hashes: [1, 2])).issue

        for hashes in [[], [1, 2], [3]] as [[UInt128]] {
            await expectStoreError {
                if case .missing = $0 { true } else { false }
            } from: {
                _ = try await store.unmerge(hashes.map { GroupingHash($0) }, from: issue)
            }
        }
        #expect(try await store.totals().issues == 1)
    }

    private static func splitting(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let events = (0..<6).map { GroupedEvent.stub(project: project.id, timestamp: .stub($0), hashes: [1]) }
        let issue = try await store.record(all: events)[0]

        try await store.regroup(project.id)
        #expect(try await store.regroupingCount(of: project.id) == 1)
        _ = try await store.attach([GroupingHash(7)], to: issue)
        let regrouped = events.enumerated().map { $0 < 2 ? $1.with(hashes: [8]) : $1.with(hashes: [7]) }
        try await store.regroupAll(as: regrouped)

        #expect(try await store.issue(issue)?.eventCount == 4)
        let other = try await store.record(.stub(project: project.id, hashes: [8]))
        #expect(other.issue != issue && !other.isNewIssue)
        #expect(try await store.issue(other.issue)?.eventCount == 3)
        #expect(try await store.totals().issues == 2)
        #expect(try await store.takeAnnouncements(limit: 9).count == 1)
    }

    private static func sending(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let events = (0..<4).map { number in
            GroupedEvent.stub(
                project: project.id, timestamp: .stub(number), hashes: [number < 3 ? 1 : 2])
        }
        let issues = try await store.record(all: events)

        try await store.regroup(project.id)
        try await store.regroupAll(as: events.map { $0.with(hashes: $0.id == events[0].id ? [2] : nil) })

        #expect(try await store.issue(issues[0])?.eventCount == 2)
        #expect(try await store.issue(issues[0])?.firstSeen == .stub(1))
        #expect(try await store.issue(issues[3])?.eventCount == 2)
        #expect(try await store.event(.oldest, of: issues[3])?.summary.id == events[0].id)
    }

    private static func emptying(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let events = [
            GroupedEvent.stub(project: project.id, hashes: [1]), .stub(project: project.id, hashes: [2]),
        ]
        let issues = try await store.record(all: events)

        try await store.regroup(project.id)
        try await store.regroupAll(as: events.map { $0.with(hashes: [2]) })
        try await store.finishDepartures()

        #expect(try await store.issue(issues[0]) == nil)
        #expect(try await store.issue(issues[1])?.eventCount == 2)
        #expect(try await store.hashes(of: issues[1]) == [GroupingHash(1), GroupingHash(2)])
    }

    private static func unreadable(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let events = (0..<3).map { GroupedEvent.stub(project: project.id, timestamp: .stub($0), hashes: [1]) }
        let issue = try await store.record(all: events)[0]

        try await store.regroup(project.id)
        try await store.regroupAll(as: [events[0].with(hashes: [2])])

        #expect(try await store.issue(issue)?.eventCount == 2)
        #expect(try await store.totals().issues == 2)
    }

    private static func racingRegroupers(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let events = (0..<200).map { number in
            GroupedEvent.stub(
                project: project.id, timestamp: .stub(number), tags: [Tag("a", "x")],
                user: UserDigest(UInt64(number)), hashes: [1])
        }
        let issue = try await store.record(all: events)[0]
        _ = try await store.attach([GroupingHash(2)], to: issue)
        let regrouped = events.enumerated().map { $1.with(hashes: [$0 % 2 == 0 ? 2 : 3]) }

        try await store.regroup(project.id)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<3 { group.addTask { try await store.regroupAll(as: regrouped) } }
            try await group.waitForAll()
        }

        let other = try await store.record(.stub(project: project.id, hashes: [3])).issue
        #expect(try await store.issue(issue)?.eventCount == 100)
        #expect(try await store.issue(issue)?.userCount == 100)
        #expect(try await store.tagFacets(of: issue, valueLimit: 1).first?.total == 100)
        #expect(try await store.issue(other)?.eventCount == 101)
    }
}

extension Store {
    /// Works off what is to be regrouped; events are grouped as those given, and others cannot be read.
    func regroupAll(as events: [GroupedEvent]) async throws {
        let known = Dictionary(uniqueKeysWithValues: events.map { ($0.id, $0) })
        while let batch = try await nextRegrouping(limit: 7) {
            try await regroup(batch, as: batch.entries.map { known[$0.event.id] })
        }
    }
}

extension GroupedEvent {
    /// The same event under other hashes; nil leaves those that it has.
    func with(hashes: [UInt128]?) -> GroupedEvent {
        .stub(
            id: id, project: project, timestamp: timestamp, facts: facts, tags: tags, user: user,
            hashes: hashes ?? self.hashes.map(\.value))
    }
}
