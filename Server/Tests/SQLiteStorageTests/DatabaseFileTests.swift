// Tests copying and looking at databases that others use.

import Foundation
import GRDB
import Model
import StoreContract
import Testing

@testable import SQLiteStorage

@Suite struct DatabaseFileTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test func `a copy holds what was recorded before it, while events are recorded`() async throws {
        let store = try folder.open(StoreOptions(role: .server))
        let (project, _) = try await store.createProject(ProjectDraft(name: "Shop"), at: .stub())
        for _ in 0..<20 { _ = try await store.record(.stub(project: project.id)) }
        let load = Task {
            while !Task.isCancelled { _ = try await store.record(.stub(project: project.id)) }
        }

        let copy = "\(folder.path)/copy"
        try DatabaseFile(folder: folder.data).copy(to: copy)
        load.cancel()
        // Whether the load was in the middle of an event when it ended does not matter here.
        _ = try? await load.value
        try await store.close()

        let report = try DatabaseFile(path: copy).report(.full)
        #expect(report.faults.isEmpty)
        #expect(report.counts.events >= 20)
        #expect(report.missingMigrations.isEmpty && report.unknownMigration == nil)
        #expect(report.givesSpaceBack)
        #expect(report.lastReceivedAt == .stub())
    }

    @Test func `a new database gives space back, an old one does once it is compacted`() async throws {
        try await folder.open().close()
        #expect(try DatabaseFile(folder: folder.data).report(.none).givesSpaceBack)

        let old = "\(folder.path)/old"
        let queue = try DatabaseQueue(path: old)
        try await queue.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA application_id = \(Connection.applicationID)")
            for step in Migrations.steps { try db.execute(sql: step.sql) }
            try db.execute(sql: "CREATE TABLE migration (name TEXT PRIMARY KEY) STRICT")
        }
        try queue.close()
        #expect(try DatabaseFile(path: old).report(.none).givesSpaceBack == false)
        try DatabaseFile(path: old).compact()
        #expect(try DatabaseFile(path: old).report(.full).givesSpaceBack)
    }

    @Test func `damage is found and told`() async throws {
        let store = try folder.open()
        let (project, _) = try await store.createProject(ProjectDraft(name: "Shop"), at: .stub())
        _ = try await store.record(.stub(project: project.id))
        try await store.close()
        let queue = try DatabaseQueue(path: folder.database)
        try await queue.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA foreign_keys = OFF; DELETE FROM issue")
        }
        try queue.close()

        #expect(try !DatabaseFile(folder: folder.data).report(.quick).faults.isEmpty)
    }

    @Test func `what is no database of ours is refused`() throws {
        let path = "\(folder.path)/other"
        let queue = try DatabaseQueue(path: path)
        try queue.write { try $0.execute(sql: "CREATE TABLE recipe (name TEXT)") }
        try queue.close()

        #expect(throws: OpeningError.foreignDatabase(path)) { try DatabaseFile(path: path).report(.none) }
        #expect(throws: OpeningError.foreignDatabase(path)) {
            try DatabaseFile(path: path).copy(to: "\(folder.path)/copy")
        }
    }

    @Test func `a folder that is held can be opened by nobody`() async throws {
        let hold = try DataFolderHold(folder.data)

        #expect(DataFolderHold.isServed(folder.data))
        #expect(throws: OpeningError.serverIsRunning(folder: folder.data)) {
            try folder.open(StoreOptions(role: .server))
        }
        withExtendedLifetime(hold) {}
    }
}
