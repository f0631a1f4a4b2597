// Tests that what is stored stays within its limits.

import FlycatcherWire
import Logging
import Model
import StoreContract
import Testing

@testable import FlycatcherServer

@Suite struct RetentionTests {
    private let temporary: TemporaryStore
    private let store: any Store
    private let status = RetentionStatus()

    init() throws {
        temporary = try TemporaryStore()
        store = temporary.store
    }

    private func retention(
        _ defaults: RetentionDefaults, disk: Int? = nil, now: Timestamp = .stub()
    ) -> Retention {
        Retention(
            store: store, defaults: defaults, status: status,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, diskByteCount: { disk },
            now: { now }, rest: { _ in })
    }

    private func makeProject(_ limits: RetentionLimits = RetentionLimits()) async throws -> Project {
        let project = try await store.createProject(ProjectDraft(name: "Shop"), at: .stub()).0
        _ = try await store.changeSettings(of: project.id) { $0.retention = limits }
        return project
    }

    private func record(_ counts: [Int], in project: Project, daysAgo: Int64 = 0) async throws {
        for (hash, count) in counts.enumerated() {
            for index in 0..<count {
                _ = try await store.record(
                    .stub(
                        project: project.id, timestamp: .stub(-daysAgo * 86_400 - Int64(index)),
                        hashes: [UInt128(hash + 1)],
                        json: #"{"message":"\#(String(repeating: "\(index)", count: 300))"}"#))
            }
        }
    }

    @Test func `each project keeps its events as long as it says`() async throws {
        let usual = try await makeProject()
        let short = try await makeProject(RetentionLimits(days: 7))
        let long = try await makeProject(RetentionLimits(days: 365))
        for project in [usual, short, long] {
            for days in [1, 30, 200] as [Int64] { try await record([1], in: project, daysAgo: days) }
        }

        try await retention(RetentionDefaults(days: 90)).age()

        let usage = try await store.usage()
        #expect([usual, short, long].map { usage[$0.id].events } == [2, 1, 3])
        #expect(status.snapshot.agedEvents == 3)
    }

    @Test func `a project that takes too much is cut where it has most`() async throws {
        let project = try await makeProject()
        try await record([60, 10, 3], in: project)
        let before = try await store.usage()[project.id]
        _ = try await store.changeSettings(of: project.id) { $0.retention.bytes = before.bytes / 2 }

        try await retention(RetentionDefaults(budget: .unlimited)).shrink()

        let after = try await store.usage()[project.id]
        #expect(after.bytes <= before.bytes / 2)
        #expect(after.bytes > before.bytes / 3, "far more than needed was removed")
        let left = try await store.crowdedIssues(of: project.id, limit: 3).map(\.events)
        #expect(left.dropFirst() == [10, 3], "\(left)")
        #expect(status.snapshot.overBudget.isEmpty)
    }

    @Test func `all projects together take no more than the installation has`() async throws {
        let (loud, calm) = (try await makeProject(), try await makeProject())
        try await record([80], in: loud)
        try await record([5, 5], in: calm)
        let bytes = try await store.usage().whole.bytes

        try await retention(RetentionDefaults(budget: .share(50)), disk: Int(bytes)).shrink()

        let usage = try await store.usage()
        #expect(usage[calm.id].events == 10)
        #expect(usage[loud.id].events < 40)
    }

    /// Events of one issue, a minute apart, each with a file of its own of this size.
    private func record(files sizes: [Int64], in project: Project, hash: UInt128 = 1) async throws {
        for (index, size) in sizes.enumerated() {
            let moment = Timestamp.stub(Int64(index) * 60)
            let event = GroupedEvent.stub(project: project.id, timestamp: moment, hashes: [hash])
            var enclosures = Enclosures(project: project.id, key: 1, receivedAt: moment, event: event.id)
            let content = Array(repeating: UInt8(index), count: 16) + Array(repeating: UInt8(hash), count: 16)
            enclosures.attachments = [
                AttachmentDraft(
                    name: FileName("a.log"), size: size, digest: try #require(FileDigest(bytes: content)))
            ]
            _ = try await store.record(event, with: enclosures)
        }
    }

    @Test func `attachments go first when they take more, where they take most`() async throws {
        let project = try await makeProject()
        try await record(files: Array(repeating: 100_000, count: 20), in: project)
        try await record(files: [90_000, 300_000, 90_000], in: project, hash: 2)
        let before = try await store.usage()[project.id]
        #expect(before.fileBytes == 2_480_000)
        _ = try await store.changeSettings(of: project.id) { $0.retention.bytes = 1 << 20 }

        try await retention(RetentionDefaults(budget: .unlimited)).shrink()

        let after = try await store.usage()[project.id]
        #expect(after.wholeBytes <= 1 << 20 && after.wholeBytes > 1 << 19)
        #expect(after.events == before.events)
        let heavy = try await store.heaviestIssues(of: project.id, limit: 2)
        #expect(heavy.map(\.fileBytes) == [500_000, 480_000], "the calm issue lost some")
        #expect(status.snapshot.crowdedAttachments == 15 && status.snapshot.crowdedEvents == 0)
    }

    @Test func `where attachments may not go, events make room`() async throws {
        let project = try await makeProject()
        try await record(files: [700_000, 1, 1, 1, 1, 1, 700_000], in: project)
        try await record([0, 300], in: project)
        _ = try await store.changeSettings(of: project.id) { $0.retention.bytes = 1_480_000 }

        try await retention(RetentionDefaults(budget: .unlimited)).shrink()

        let after = try await store.usage()[project.id]
        #expect(after.wholeBytes <= 1_480_000)
        #expect(after.fileBytes >= 1_400_000)
        #expect(status.snapshot.overBudget.isEmpty)
    }

    @Test func `attachments have an age of their own`() async throws {
        let usual = try await makeProject()
        let long = try await makeProject(RetentionLimits(attachmentDays: 60))
        for project in [usual, long] { try await record(files: [1, 2], in: project) }
        let later = Timestamp.stub(40 * 86_400)

        try await retention(RetentionDefaults(attachmentDays: 30), now: later).age()

        let usage = try await store.usage()
        #expect([usual, long].map { usage[$0.id].files } == [0, 2])
        #expect([usual, long].map { usage[$0.id].events } == [2, 2])
        #expect(status.snapshot.agedAttachments == 2)
    }

    @Test func `what is always kept stays, and is told when it is too much`() async throws {
        let project = try await makeProject(RetentionLimits(bytes: 1))
        try await record([1, 1, 2], in: project)

        try await retention(RetentionDefaults(budget: .unlimited)).shrink()

        #expect(try await store.usage()[project.id].events == 4)
        #expect(status.snapshot.overBudget == [project.id])
    }

    @Test(
        arguments: [
            ([10, 10], 4, 8), ([100, 10, 1], 50, 50), ([100, 10, 1], 92, 9), ([5], 5, 0), ([5], 50, 0),
            ([], 3, 0),
            ([7, 7, 7], 1, 6),
        ] as [([Int64], Int64, Int64)])
    func `the largest are cut to one level`(counts: [Int64], excess: Int64, level: Int64) {
        #expect(Retention.level(of: counts, removing: excess) == level)
    }
}
