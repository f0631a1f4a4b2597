// The recorder when things go wrong: a full queue, a full disk, a lock, one event that spoils the others.

import Dispatch
import FlycatcherWire
import GRDB
import Model
import StoreContract
import Testing

@testable import SQLiteStorage

@Suite struct RecorderTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test func `a full queue refuses at once, and takes more when it has been written`() async throws {
        let store = try folder.open(StoreOptions(queueBytes: 50_000))
        let project = try await store.createProject(ProjectDraft(name: "Shop"), at: .stub()).0

        let answers = try await whileWriterIsBusy(store, until: 45_000) {
            await record(100, into: store, project)
        }

        let stored = answers.filter { $0 == nil }.count
        #expect(stored > 10 && stored < 100)
        #expect(answers.allSatisfy { $0 == nil || $0 == .overloaded })
        #expect(try await store.totals().events == Int64(stored))
        #expect(try await !store.record(.stub(project: project.id)).isDuplicate)
        try await store.close()
    }

    @Test func `a full disk is told, and forgotten when there is room`() async throws {
        let store = try folder.open()
        let project = try await store.createProject(ProjectDraft(name: "Shop"), at: .stub()).0
        let kept = GroupedEvent.stub(project: project.id)
        _ = try await store.record(kept)
        try await store.write { db in
            let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
            try db.execute(sql: "PRAGMA max_page_count = \(pages)")
        }

        let lost = (0..<3).map { _ in GroupedEvent.large(project: project.id) }
        for event in lost {
            await expectUnavailable("full") { _ = try await store.record(event) }
        }
        #expect(try await store.totals().events == 1)
        #expect(try await store.event(kept.id, in: project.id) != nil)

        try await store.write { try $0.execute(sql: "PRAGMA max_page_count = 1000000") }
        for event in lost { #expect(try await !store.record(event).isDuplicate) }
        #expect(try await store.totals().events == 4)
        try await store.close()
    }

    @Test func `a database that another process keeps locked is unavailable until it lets go`() async throws {
        let store = try folder.open(StoreOptions(busyTimeout: .milliseconds(20)))
        let project = try await store.createProject(ProjectDraft(name: "Shop"), at: .stub()).0
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let other = try DatabaseQueue(path: folder.database, configuration: configuration)
        try await other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }

        await expectUnavailable("locked") { _ = try await store.record(.stub(project: project.id)) }
        #expect(try await store.projects().count == 1)

        try await other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
        #expect(try await store.record(.stub(project: project.id)).isNewIssue)
        try await store.close()
    }

    @Test func `an event that the schema refuses does not harm those beside it`() async throws {
        let store = try folder.open()
        let project = try await store.createProject(ProjectDraft(name: "Shop"), at: .stub()).0
        try await store.write { db in
            try db.execute(
                sql: """
                    CREATE TRIGGER refusal BEFORE INSERT ON event WHEN NEW.body = x'0B' BEGIN
                        SELECT raise(ABORT, 'refused');
                    END
                    """)
        }

        let answers = try await whileWriterIsBusy(store, until: 40 * 1024) {
            await withTaskGroup(of: StoreError?.self) { group in
                for number in 0..<40 {
                    let event = GroupedEvent.stub(project: project.id, body: number == 20 ? [0x0B] : [1, 2])
                    group.addTask { await failure { _ = try await store.record(event) } }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
        }

        #expect(answers.compactMap(\.self).count == 1)
        let issue = try #require(try await store.issues(IssueQuery()).issues.first)
        #expect(issue.eventCount == 39)
        #expect(try await store.totals().events == 39)
        try await store.close()
    }

    @Test func `what was answered before the close is there after it`() async throws {
        let store = try folder.open()
        let project = try await store.createProject(ProjectDraft(name: "Shop"), at: .stub()).0

        async let answers = record(400, into: store, project)
        try await store.close()
        let stored = await answers.filter { $0 == nil }.count

        let second = try folder.open()
        #expect(try await second.totals().events == Int64(stored))
        try await second.close()
    }

    @Test func `waiting events share a transaction`() async throws {
        let store = try folder.open()
        let project = try await store.createProject(ProjectDraft(name: "Shop"), at: .stub()).0
        let commits = CommitCounter()
        try await store.write { $0.add(transactionObserver: commits, extent: .databaseLifetime) }

        _ = try await whileWriterIsBusy(store, until: 300 * 1024) { await record(300, into: store, project) }

        // Adding the observer, keeping the writer busy, the batch of the first to come, and that of all others.
        #expect(commits.count <= 4)
        #expect(try await store.totals().events == 300)
        try await store.close()
    }
}

/// Records many events at a time, and says how each failed.
private func record(_ count: Int, into store: SQLiteStore, _ project: Project) async -> [StoreError?] {
    await withTaskGroup(of: StoreError?.self) { group in
        for number in 0..<count {
            let event = GroupedEvent.stub(project: project.id, hashes: [UInt128(number % 3)])
            group.addTask { await failure { _ = try await store.record(event) } }
        }
        return await group.reduce(into: []) { $0.append($1) }
    }
}

private func failure(of call: () async throws -> Void) async -> StoreError? {
    do {
        try await call()
        return nil
    } catch {
        return error as? StoreError ?? .unavailable("\(error)")
    }
}

private func expectUnavailable(
    _ word: String, sourceLocation: SourceLocation = #_sourceLocation, from call: () async throws -> Void
) async {
    let error = await failure(of: call)
    guard case .unavailable(let reason)? = error else {
        Testing.Issue.record("\(String(describing: error))", sourceLocation: sourceLocation)
        return
    }
    #expect(reason.contains(word), sourceLocation: sourceLocation)
}

/// Keeps the writing connection busy until tasks of the body have lined up so many bytes behind it.
private func whileWriterIsBusy<Value: Sendable>(
    _ store: SQLiteStore, until queuedByteCount: Int, _ body: @escaping @Sendable () async -> Value
) async throws -> Value {
    let isOver = DispatchSemaphore(value: 0)
    let (begun, beginning) = AsyncStream.makeStream(of: Void.self)
    async let busy: Void = store.write { _ in
        beginning.finish()
        isOver.wait()
    }
    for await _ in begun {}
    async let value = body()
    let deadline = ContinuousClock.now + .seconds(30)
    while store.recorder.queuedByteCount < queuedByteCount, ContinuousClock.now < deadline {
        await Task.yield()
    }
    isOver.signal()
    try await busy
    return await value
}

/// Counts the commits of a connection, on whose queue it is called.
private final class CommitCounter: TransactionObserver, @unchecked Sendable {
    private(set) var count = 0

    func observes(eventsOfKind kind: DatabaseEventKind) -> Bool { false }
    func databaseDidChange(with event: DatabaseEvent) {}
    func databaseDidCommit(_ db: Database) { count += 1 }
    func databaseDidRollback(_ db: Database) {}
}

extension GroupedEvent {
    /// Larger than what is free in a page.
    fileprivate static func large(project: ProjectID) -> GroupedEvent {
        .stub(project: project, body: (0..<20_000).map { UInt8(truncatingIfNeeded: $0) })
    }
}
