// Rules about what an issue shows of its events.

import FlycatcherWire
import Model
import Testing

extension StoreContract {
    static let countingRules = [
        Rule("an issue counts its events and its distinct users", counts),
        Rule("first and last seen are the outermost moments, in any order of arrival", firstAndLastSeen),
        Rule("an issue shows the facts of its newest event, not of the last that came", newestFacts),
        Rule("of events with one moment the one recorded last is the newest", tiesGoToTheLast),
        Rule("an issue is unhandled as soon as one event was", unhandledSticks),
        Rule("concurrent events are all counted", racingCounts),
        Rule("daily counts end with today and leave no day out", dailyCounts),
        Rule("the first event of a project is noted, and bumps the version", firstEventNoted),
    ]

    private static func counts(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let users: [UInt64?] = [1, 2, nil, 1, .max]

        let issues = try await store.record(
            all: users.map { .stub(project: project.id, user: $0.map { UserDigest($0) }) })

        let issue = try #require(try await store.issue(issues[0]))
        #expect(issue.eventCount == 5)
        #expect(issue.userCount == 3)
    }

    private static func firstAndLastSeen(_ store: any Store) async throws {
        let project = try await store.makeProject()

        let issues = try await store.record(
            all: [50, 10, 90, 30].map { .stub(project: project.id, timestamp: .stub($0)) })

        let issue = try #require(try await store.issue(issues[0]))
        #expect(issue.firstSeen == .stub(10))
        #expect(issue.lastSeen == .stub(90))
    }

    private static func newestFacts(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let facts = EventFacts(
            type: "New", value: "value", culprit: "culprit", location: "a.py:1 in f", isHandled: true,
            environment: "staging", release: "2.0", transaction: "/pay")

        let issues = try await store.record(all: [
            .stub(project: project.id, timestamp: .stub(1), level: .info, facts: EventFacts(type: "Old")),
            .stub(project: project.id, type: .message, timestamp: .stub(9), level: .fatal, facts: facts),
            .stub(project: project.id, timestamp: .stub(5), level: .info, facts: EventFacts(type: "Late")),
        ])

        let issue = try #require(try await store.issue(issues[0]))
        #expect(issue.facts == facts)
        #expect(issue.level == .fatal)
        #expect(issue.type == .message)
        #expect(issue.platform == "python")
        #expect(issue.status == .unresolved)
        #expect(issue.projectSlug == "shop")
    }

    private static func tiesGoToTheLast(_ store: any Store) async throws {
        let project = try await store.makeProject()

        let issues = try await store.record(
            all: ["A", "B", "C"].map { .stub(project: project.id, facts: EventFacts(type: $0)) })

        #expect(try await store.issue(issues[0])?.facts.type == "C")
    }

    private static func unhandledSticks(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let handled: [Bool?] = [true, false, nil]

        var shown: [Bool?] = []
        for isHandled in handled {
            let facts = EventFacts(type: "E", isHandled: isHandled)
            let issue = try await store.record(.stub(project: project.id, facts: facts)).issue
            shown.append(try await store.issue(issue)?.isUnhandled)
        }

        #expect(shown == [false, true, true])
    }

    private static func racingCounts(_ store: any Store) async throws {
        let project = try await store.makeProject()

        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<500 {
                let event = GroupedEvent.stub(
                    project: project.id, timestamp: .stub(Int64(number)), tags: [Tag("n", "\(number % 7)")],
                    user: UserDigest(UInt64(number % 50)), hashes: [UInt128(number % 5)])
                group.addTask { _ = try await store.record(event) }
            }
            try await group.waitForAll()
        }

        let issues = try await store.issues(IssueQuery()).issues
        #expect(issues.map(\.eventCount) == [100, 100, 100, 100, 100])
        #expect(issues.map(\.userCount) == [10, 10, 10, 10, 10])
        for issue in issues {
            #expect(try await store.tagFacets(of: issue.id, valueLimit: 9).map(\.total) == [100])
        }
    }

    private static func dailyCounts(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let day: Int64 = 86_400
        let moments = [-2 * day, -2 * day + 3600, 0, 60, -30 * day, day]
        let issues = try await store.record(
            all: moments.map { .stub(project: project.id, timestamp: .stub($0)) }
                + [.stub(project: project.id, hashes: [2])])

        let counts = try await store.dailyCounts(of: [issues[0], issues[6]], days: 4, today: .stub())

        #expect(counts == [issues[0]: [0, 2, 0, 2], issues[6]: [0, 0, 0, 1]])
    }

    private static func firstEventNoted(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let version = try await store.projectsVersion()

        try await store.record(all: [
            .stub(project: project.id, receivedAt: .stub(3)),
            .stub(project: project.id, receivedAt: .stub(4), hashes: [2]),
        ])

        #expect(try await store.projects().map(\.firstEventAt) == [.stub(3)])
        #expect(try await store.projectsVersion() == version + 1)
    }
}
