// Rules about keeping events: on disk, once, and visible at once.

import FlycatcherWire
import Model
import Testing

extension StoreContract {
    static let recordingRules = [
        Rule("a recorded event is there for the next read", visibleAtOnce),
        Rule("an event id is stored once per project", storedOnce),
        Rule("a repeated event changes nothing, whatever it says", repetitionChangesNothing),
        Rule("one event id may stand in two projects", onePerProject),
        Rule("many deliveries of one event at a time store it once", racingDeliveries),
        Rule("an event for a project that does not exist is refused by name", unknownProject),
        Rule("a refused event does not harm those beside it", refusalsDoNotSpread),
        Rule("a new issue is announced once, with its first event", announcedOnce),
        Rule("announcements are handed out oldest first, as many as asked", announcementsInOrder),
    ]

    private static func visibleAtOnce(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let event = GroupedEvent.stub(project: project.id, json: #"{"message":"hallo"}"#)

        let recording = try await store.record(event)

        #expect(recording.isNewIssue && !recording.isDuplicate)
        #expect(try await store.issue(recording.issue)?.eventCount == 1)
        #expect(try await store.event(event.id, in: project.id)?.json == Array(#"{"message":"hallo"}"#.utf8))
        #expect(try await store.totals().events == 1)
    }

    private static func storedOnce(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let event = GroupedEvent.stub(project: project.id)

        let first = try await store.record(event)
        let second = try await store.record(event)

        #expect(second == Recording(issue: first.issue, isNewIssue: false, isDuplicate: true))
        #expect(try await store.totals().events == 1)
        #expect(try await store.events(of: first.issue, after: nil, limit: 10).count == 1)
    }

    private static func repetitionChangesNothing(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let event = GroupedEvent.stub(project: project.id, hashes: [1])
        let first = try await store.record(event)
        let before = try await store.issue(first.issue)

        let other = GroupedEvent.stub(
            id: event.id, project: project.id, timestamp: .stub(99), facts: EventFacts(type: "Other"),
            tags: [Tag("a", "b")], user: UserDigest(1), hashes: [2])
        let second = try await store.record(other)

        #expect(second.isDuplicate && second.issue == first.issue)
        #expect(try await store.issue(first.issue) == before)
        #expect(try await store.tagFacets(of: first.issue, valueLimit: 9).isEmpty)
        #expect(try await store.totals().issues == 1)
        let accepted = try await store.outcomes(of: project.id, sinceHour: 0).reduce(0) { $0 + $1.quantity }
        #expect(accepted == 1)
    }

    private static func onePerProject(_ store: any Store) async throws {
        let (shop, blog) = (try await store.makeProject(), try await store.makeProject("Blog"))
        let id = EventID()

        let first = try await store.record(.stub(id: id, project: shop.id))
        let second = try await store.record(.stub(id: id, project: blog.id))

        #expect(!second.isDuplicate && first.issue != second.issue)
        #expect(try await store.events(withID: id).map(\.projectSlug) == ["shop", "blog"])
        #expect(try await store.event(id, in: blog.id)?.summary.issue == second.issue)
    }

    private static func racingDeliveries(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let event = GroupedEvent.stub(project: project.id)

        let recordings = try await withThrowingTaskGroup(of: Recording.self) { group in
            for _ in 0..<200 { group.addTask { try await store.record(event) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }

        #expect(recordings.filter { !$0.isDuplicate }.count == 1)
        #expect(Set(recordings.map(\.issue)).count == 1)
        #expect(try await store.totals().events == 1)
    }

    private static func unknownProject(_ store: any Store) async throws {
        await expectStoreError {
            $0 == .missing("project 4711")
        } from: {
            _ = try await store.record(.stub(project: ProjectID(4711)))
        }
        #expect(try await store.totals().events == 0)
    }

    private static func refusalsDoNotSpread(_ store: any Store) async throws {
        let project = try await store.makeProject()

        let stored = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<200 {
                let target = number.isMultiple(of: 4) ? ProjectID(4711) : project.id
                group.addTask { await (try? store.record(.stub(project: target))) != nil }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }

        #expect(stored == 150)
        #expect(try await store.totals().events == 150)
    }

    private static func announcedOnce(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let first = GroupedEvent.stub(project: project.id, facts: EventFacts(type: "ValueError", value: "no"))
        let issue = try await store.record(first).issue
        try await store.record(all: [.stub(project: project.id), first])

        let told = try await store.takeAnnouncements(limit: 10)

        let expected = Announcement(
            kind: .newIssue, issue: issue, shortID: ShortID(prefix: "FLY", number: 1), event: first.id,
            title: "ValueError: no", at: first.receivedAt)
        #expect(told == [expected])
        #expect(try await store.takeAnnouncements(limit: 10).isEmpty)
    }

    private static func announcementsInOrder(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let events = (1...5).map { GroupedEvent.stub(project: project.id, hashes: [UInt128($0)]) }
        try await store.record(all: events)

        let first = try await store.takeAnnouncements(limit: 2)
        let rest = try await store.takeAnnouncements(limit: 10)

        #expect((first + rest).map(\.event) == events.map(\.id))
        #expect(first.count == 2)
    }
}
