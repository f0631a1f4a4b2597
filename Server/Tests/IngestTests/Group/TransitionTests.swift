// A project on its way from one version of the rules to the next, shown with a second version of our own making.

import FlycatcherWire
import Model
import Testing

@testable import Ingest

@Suite struct TransitionTests {
    /// What the first version says, in other words.
    static let v2 = GroupingVersion(
        name: "v2",
        hashes: { draft in GroupingV1.hashes(of: draft).map { GroupingHash(~$0.value) } },
        explanation: { draft in
            let first = GroupingV1.explanation(of: draft)
            return GroupingExplanation(version: "v2", summary: first.summary, variants: first.variants)
        })

    static let json = #"{"exception":[{"type":"T","value":"v"}],"tags":{"a":"b"}}"#

    private func rules(_ settings: GroupingSettings) -> GroupingRules {
        GroupingRules(settings, versions: [.v1, Self.v2])
    }

    private func grouped(_ rules: GroupingRules, at moment: Timestamp = Pipe.received) throws -> GroupedEvent
    {
        let arrival = Arrival(
            project: ProjectID(1), key: 1, receivedAt: moment, endpoint: .envelope, rules: rules)
        return try Pipe.run(Self.json, arrival).event
    }

    @Test func `G16 a project stays with its version`() throws {
        let event = try grouped(rules(GroupingSettings(algorithm: "v1")))

        #expect(try event.hashes == Pipe.run(Self.json).event.hashes)
        #expect(event.earlierHashes.isEmpty)
    }

    @Test func `G16 on its way it is grouped by both versions, and only for a time`() throws {
        let settings = GroupingSettings(algorithm: "v1").moved(to: "v2", at: Pipe.received)
        let end = try #require(settings.transition).until
        let first = try Pipe.run(Self.json).event.hashes

        let event = try grouped(rules(settings))
        let late = try grouped(rules(settings), at: end)

        #expect(event.hashes == first.map { GroupingHash(~$0.value) })
        #expect(event.earlierHashes == first)
        #expect(late.hashes == event.hashes)
        #expect(late.earlierHashes.isEmpty)
    }

    @Test func `G16 what no version changes is looked for once`() throws {
        let same = GroupingVersion(
            name: "v2", hashes: GroupingV1.hashes(of:), explanation: GroupingV1.explanation(of:))
        let settings = GroupingSettings(algorithm: "v1").moved(to: "v2", at: Pipe.received)

        let event = try grouped(GroupingRules(settings, versions: [.v1, same]))

        #expect(event.earlierHashes.isEmpty)
    }

    @Test func `G16 an event is explained by the version that decides`() throws {
        let settings = GroupingSettings(algorithm: "v1").moved(to: "v2", at: Pipe.received)
        let body = try grouped(rules(settings)).body

        #expect(GroupingReader(rules(settings)).explanation(of: body)?.version == "v2")
    }

    @Test func `a version of a newer server is read as the newest that is known`() throws {
        let event = try grouped(rules(GroupingSettings(algorithm: "v9")))

        #expect(try event.hashes == grouped(rules(GroupingSettings(algorithm: "v2"))).hashes)
    }

    @Test func `moving to the same version changes nothing`() {
        let settings = GroupingSettings(algorithm: "v1", fingerprintRules: "type:A -> a")

        #expect(settings.moved(to: "v1", at: Pipe.received) == settings)
    }

    @Test func `a stored event is read as it was recorded`() throws {
        let json = """
            {"exception":[{"type":"T","value":"v","mechanism":{"handled":false}}],"user":{"id":"7"},"level":"fatal",
            "tags":{"a":"b"},"release":"shop@1","transaction":"GET /","platform":"python"}
            """
        let recorded = try Pipe.run(json).event
        let summary = EventSummary(
            id: recorded.id, project: recorded.project, projectSlug: "shop", issue: IssueID(1),
            timestamp: recorded.timestamp, receivedAt: recorded.receivedAt)

        let read = try #require(GroupingReader().event(summary, json: recorded.body))

        #expect(read.hashes == recorded.hashes && read.facts == recorded.facts && read.tags == recorded.tags)
        #expect(read.user == recorded.user && read.level == recorded.level && read.type == recorded.type)
        #expect(read.platform == recorded.platform && read.timestamp == recorded.timestamp)
    }
}
