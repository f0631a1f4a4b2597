// Opening a data folder: what is made, what is refused, and with which words.

import Foundation
import GRDB
import Model
import StoreContract
import Testing

@testable import SQLiteStorage

@Suite struct OpeningTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test func `a new folder is for its owner only and holds the database`() async throws {
        let store = try folder.open()

        let attributes = try FileManager.default.attributesOfItem(atPath: folder.data)
        #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o700)
        #expect(FileManager.default.fileExists(atPath: folder.database))
        try await store.close()
    }

    @Test func `the writer promises what a 200 needs`() async throws {
        let store = try folder.open()

        let pragmas = [
            "journal_mode", "synchronous", "foreign_keys", "secure_delete", "page_size", "journal_size_limit",
        ]
        let values = try await store.write { db in
            try pragmas.map { try String.fetchOne(db, sql: "PRAGMA \($0)") ?? "none" }
        }
        #expect(values == ["wal", "2", "1", "0", "4096", "67108864"])
        try await store.close()
    }

    @Test func `what need not last leaves the promise as it was, also when it fails`() async throws {
        struct Failure: Error {}
        let store = try folder.open()
        func promise() async throws -> String? {
            try await store.write { try String.fetchOne($0, sql: "PRAGMA synchronous") }
        }

        let within = try await store.writeForgettably { try String.fetchOne($0, sql: "PRAGMA synchronous") }
        #expect(within == "1")
        #expect(try await promise() == "2")
        await #expect(throws: Failure.self) { try await store.writeForgettably { _ in throw Failure() } }
        #expect(try await promise() == "2")
        try await store.close()
    }

    @Test func `reopening finds everything again`() async throws {
        let first = try folder.open()
        let (project, key) = try await first.createProject(ProjectDraft(name: "Shop"), at: .stub())
        let event = GroupedEvent.stub(
            project: project.id, key: key.id, tags: [Tag("a", "b")], user: UserDigest(7))
        let recording = try await first.record(event)
        let (issue, facets) = (
            try await first.issue(recording.issue),
            try await first.tagFacets(of: recording.issue, valueLimit: 5)
        )
        try await first.close()

        let second = try folder.open()
        #expect(issue != nil)
        #expect(try await second.issue(recording.issue) == issue)
        #expect(try await second.tagFacets(of: recording.issue, valueLimit: 5) == facets)
        #expect(
            try await second.event(event.id, in: project.id)?.json == Array(#"{"platform":"python"}"#.utf8))
        #expect(try await second.projectKeys() == [key])
        #expect(try await second.record(event).isDuplicate)
        try await second.close()
    }

    @Test func `closing leaves no log behind`() async throws {
        let store = try folder.open()
        _ = try await store.createProject(ProjectDraft(name: "Shop"), at: .stub())
        try await store.close()

        let files = try FileManager.default.contentsOfDirectory(atPath: folder.data).sorted()
        #expect(files == ["flycatcher.projects", "flycatcher.sqlite"])
    }

    @Test func `many processes may open a new folder at once`() async throws {
        let folder = folder
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    let store = try folder.open()
                    _ = try await store.createProject(ProjectDraft(name: "Shop"), at: .stub())
                    try await store.close()
                }
            }
            try await group.waitForAll()
        }

        let store = try folder.open()
        #expect(try await store.totals().projects == 8)
        try await store.close()
    }

    @Test func `a second server on the folder is refused until the first is gone`() async throws {
        let options = StoreOptions(role: .server)
        let first = try folder.open(options)

        #expect(throws: OpeningError.serverIsRunning(folder: folder.data)) { try folder.open(options) }

        try await first.close()
        try await folder.open(options).close()
    }

    @Test func `a tool works beside the server, and each sees the other's changes`() async throws {
        let server = try folder.open(StoreOptions(role: .server))
        let tool = try folder.open()
        let before = try await server.projectsVersion()
        let mark = server.projectsMark

        let (project, _) = try await tool.createProject(ProjectDraft(name: "Shop"), at: .stub())
        let event = GroupedEvent.stub(project: project.id)
        _ = try await server.record(event)

        #expect(try await server.projectsVersion() > before)
        #expect(server.projectsMark != mark)
        #expect(try await server.projects().map(\.slug) == ["shop"])
        #expect(try await tool.event(event.id, in: project.id) != nil)
        try await tool.close()
        #expect(try await server.record(event).isDuplicate)
        try await server.close()
    }

    @Test func `a file where the folder should be is refused`() throws {
        try Data("text".utf8).write(to: URL(fileURLWithPath: folder.data))

        #expect(throws: OpeningError.notAFolder(folder.data)) { try folder.open() }
    }

    @Test func `a folder that cannot be made is refused with the reason`() throws {
        try Data("text".utf8).write(to: URL(fileURLWithPath: "\(folder.path)/file"))
        let path = "\(folder.path)/file/data"

        let error = #expect(throws: OpeningError.self) { try SQLiteStore.open(folder: path) }
        guard case .folderRefused(path, _)? = error else {
            Testing.Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test(arguments: [
        "this is a letter, not a database, and long enough to be one".utf8.map { $0 }, [0, 1, 2],
    ])
    func `a file that is no database is refused`(bytes: [UInt8]) throws {
        try FileManager.default.createDirectory(atPath: folder.data, withIntermediateDirectories: true)
        try Data(bytes).write(to: URL(fileURLWithPath: folder.database))

        #expect(throws: OpeningError.notADatabase(folder.database)) { try folder.open() }
    }

    @Test func `a database with a damaged head is refused`() async throws {
        try await folder.open().close()
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: folder.database))
        try file.write(contentsOf: Data(repeating: 0x5A, count: 4096))
        try file.close()

        #expect(throws: OpeningError.notADatabase(folder.database)) { try folder.open() }
    }

    @Test func `a database of another program is refused and left as it is`() throws {
        try FileManager.default.createDirectory(atPath: folder.data, withIntermediateDirectories: true)
        let queue = try DatabaseQueue(path: folder.database)
        try queue.write { try $0.execute(sql: "CREATE TABLE recipe (name TEXT)") }

        #expect(throws: OpeningError.foreignDatabase(folder.database)) { try folder.open() }
        let tables = try queue.read { try String.fetchAll($0, sql: "SELECT name FROM sqlite_master") }
        #expect(tables == ["recipe"])
    }

    @Test func `a database of a newer version is refused by the name of its migration`() async throws {
        let store = try folder.open()
        try await store.write { try $0.execute(sql: "INSERT INTO migration (name) VALUES ('9 wings')") }
        try await store.close()

        let error = #expect(throws: OpeningError.newerSchema(folder.database, migration: "9 wings")) {
            try folder.open()
        }
        #expect(error?.description.contains("newer version") == true)
    }
}
