// Tests what is kept of a storm: little, and every count.

import FlycatcherWire
import Model
import StoreContract
import Testing

@testable import SQLiteStorage

@Suite struct SamplingTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test(
        arguments: [
            (200, 200), (300, 250), (400, 300), (800, 400), (1600, 500), (200_000, 1195),
        ] as [(Int64, Int)])
    func `half a threshold more is kept each time the number doubles`(count: Int64, kept: Int) {
        #expect((1...count).count { StormMemory.keeps($0, threshold: 200) } == kept)
    }

    @Test func `an hour begins anew, and the clock of the server counts`() {
        var storm = StormMemory(threshold: 2)
        func keeps(_ second: Int64, known: Int64 = 0) -> Bool {
            storm.keeps(1, at: .stub(second)) { _ in known }
        }

        #expect((0..<4).map { _ in keeps(0) } == [true, true, false, true])
        #expect(keeps(3600) && keeps(3600) && !keeps(3600))
        // What comes late belongs to the hour that has begun.
        #expect(keeps(0))
    }

    @Test func `nothing is sampled unless it is asked for`() {
        var storm = StormMemory(threshold: nil)

        #expect((0..<5000).allSatisfy { _ in storm.keeps(1, at: .stub()) { _ in 0 } })
    }

    @Test func `every event of a storm is counted, and is there once`() async throws {
        let store = try folder.open(StoreOptions(keptPerHour: 10))
        let project = try await store.createProject(ProjectDraft(name: "Shop"), at: .stub()).0.id
        let events = (0..<100).map { number in
            GroupedEvent.stub(
                project: project, timestamp: .stub(Int64(number)), tags: [Tag("shop", "s\(number % 2)")],
                user: UserDigest(UInt64(number % 7)))
        }
        var kept: [Bool] = []
        for event in events { kept.append(try await store.record(event).isKept) }

        for event in events { #expect(try await store.record(event).isDuplicate) }

        let issue = try #require(try await store.issues(IssueQuery()).issues.first)
        #expect(kept.count(where: \.self) == 26)
        #expect(issue.eventCount == 100 && issue.unkeptCount == 74 && issue.userCount == 7)
        #expect(issue.lastSeen == .stub(99))
        let facet = try #require(try await store.tagFacets(of: issue.id, valueLimit: 5).first)
        #expect(facet.values.map(\.count) == [50, 50])
        #expect(try await store.totals().events == 100)
        let outcomes = try await store.outcomes(of: project, sinceHour: 0)
        #expect(outcomes.map(\.quantity) == [100])
        try await store.close()
    }

    @Test func `an event that was only counted says so, and is passed over by those who read on`()
        async throws
    {
        let store = try folder.open(StoreOptions(keptPerHour: 1))
        let project = try await store.createProject(ProjectDraft(name: "Shop"), at: .stub()).0.id
        let events = (0..<8).map { GroupedEvent.stub(project: project, timestamp: .stub(Int64($0))) }
        for event in events { _ = try await store.record(event) }
        let issue = try #require(try await store.issues(IssueQuery()).issues.first?.id)

        let unkept = try #require(try await store.event(events[2].id, in: project))
        let latest = try #require(try await store.event(.latest, of: issue))

        #expect(!unkept.summary.isKept)
        #expect(String(decoding: unkept.json, as: UTF8.self).contains("not kept (sampled)"))
        #expect(unkept.position.index == 3 && unkept.position.count == 8)
        #expect(unkept.position.next == events[3].id && unkept.position.previous == events[1].id)
        #expect(latest.summary.id == events[7].id && latest.summary.isKept)
        let listed = try await store.events(of: issue, after: nil, limit: 10)
        #expect(listed.map(\.isKept) == [true, false, false, false, true, false, true, true])
        try await store.close()
    }

    @Test func `a restart goes on where the hour was`() async throws {
        let first = try folder.open(StoreOptions(keptPerHour: 4))
        let project = try await first.createProject(ProjectDraft(name: "Shop"), at: .stub()).0.id
        for _ in 0..<4 { _ = try await first.record(.stub(project: project)) }
        try await first.close()

        let second = try folder.open(StoreOptions(keptPerHour: 4))
        #expect(try await !second.record(.stub(project: project)).isKept)
        #expect(try await second.record(.stub(project: project)).isKept)
        try await second.close()
    }

    @Test func `a project may keep all`() async throws {
        let store = try folder.open(StoreOptions(keptPerHour: 1))
        let project = try await store.createProject(ProjectDraft(name: "Shop"), at: .stub()).0.id
        try await store.setAllowance(ProjectAllowance(keepsAll: true), of: project)

        for _ in 0..<20 { #expect(try await store.record(.stub(project: project)).isKept) }
        try await store.close()
    }

    @Test func `on a disk that is nearly full, first events of new issues are kept`() async throws {
        let disk = DiskState()
        let store = try folder.open(StoreOptions(disk: disk))
        let project = try await store.createProject(ProjectDraft(name: "Shop"), at: .stub()).0.id
        #expect(try await store.record(.stub(project: project, hashes: [1])).isKept)

        disk.note(DiskSpace(freeBytes: 4, totalBytes: 100), at: .stub())

        #expect(try await !store.record(.stub(project: project, hashes: [1])).isKept)
        #expect(try await store.record(.stub(project: project, hashes: [2])).isKept)
        #expect(try await store.issues(IssueQuery()).issues.map(\.eventCount).sorted() == [1, 2])
        disk.note(DiskSpace(freeBytes: 90 << 30, totalBytes: 100 << 30), at: .stub())
        #expect(try await store.record(.stub(project: project, hashes: [1])).isKept)
        try await store.close()
    }

    @Test func `issues that become one add up what they have not kept`() async throws {
        let store = try folder.open(StoreOptions(keptPerHour: 1))
        let project = try await store.createProject(ProjectDraft(name: "Shop"), at: .stub()).0.id
        var issues: Set<IssueID> = []
        for number in 0..<12 {
            issues.insert(
                try await store.record(.stub(project: project, hashes: [UInt128(number % 2)])).issue)
        }

        _ = try await store.merge(Array(issues))
        while try await store.continueDepartures() {}

        let issue = try #require(try await store.issues(IssueQuery()).issues.first)
        #expect(issue.eventCount == 12 && issue.unkeptCount == 6)
        try await store.close()
    }
}
