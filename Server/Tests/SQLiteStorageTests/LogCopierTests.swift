// That the write-ahead log is copied back before whoever commits has to.

import FlycatcherWire
import Foundation
import GRDB
import Model
import StoreContract
import Testing

@testable import SQLiteStorage

@Suite struct LogCopierTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test func `a server's log is copied back long before it is full, and begins anew`() async throws {
        let store = try folder.open(StoreOptions(role: .server))
        let project = try await store.createProject(ProjectDraft(name: "Shop"), at: .stub()).0

        // A third of what SQLite would wait for.
        try await record(24 << 20, into: store, project)
        try await waitUntil { try databaseBytes() > 14 << 20 }
        try await waitUntil { try await pageCount(after: .stub(project: project.id), store) < 1000 }

        try await store.close()
        #expect(try await folder.open().totals().events > 1000)
    }

    @Test func `a command leaves the log to the server`() async throws {
        let store = try folder.open()
        let project = try await store.createProject(ProjectDraft(name: "Shop"), at: .stub()).0

        try await record(24 << 20, into: store, project)

        #expect(try databaseBytes() < 1 << 20)
        try await store.close()
        #expect(try databaseBytes() > 20 << 20)
    }

    /// Records events of so many bytes in all.
    private func record(_ byteCount: Int, into store: SQLiteStore, _ project: Project) async throws {
        try await withThrowingTaskGroup { group in
            for _ in 0..<(byteCount / 20_000) {
                let body = (0..<20_000).map { UInt8(truncatingIfNeeded: $0) }
                group.addTask { _ = try await store.record(.stub(project: project.id, body: body)) }
            }
            try await group.waitForAll()
        }
    }

    private func databaseBytes() throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: folder.database)
        return try #require(attributes[.size] as? Int)
    }

    /// How many pages the log has after one more event.
    private func pageCount(after event: GroupedEvent, _ store: SQLiteStore) async throws -> Int {
        _ = try await store.record(event)
        let other = try DatabaseQueue(path: folder.database)
        return try await other.writeWithoutTransaction { try $0.checkpoint(.passive).walFrameCount }
    }

    private func waitUntil(_ isSo: () async throws -> Bool) async throws {
        for _ in 0..<400 {
            if try await isSo() { return }
            try await Task.sleep(for: .milliseconds(25))
        }
        Issue.record("ten seconds were not enough")
    }
}
