// Tests how ingest knows whom an event belongs to.

import FlycatcherWire
import Logging
import Model
import SQLiteStorage
import Synchronization
import Testing

@testable import FlycatcherServer

@Suite struct ProjectDirectoryTests {
    private let temporary: TemporaryStore
    private let clock = Stopwatch()
    private let directory: ProjectDirectory

    init() throws {
        temporary = try TemporaryStore()
        let clock = clock
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        directory = ProjectDirectory(store: temporary.store, logger: logger) { clock.now }
    }

    private func makeProject(_ name: String = "Shop") async throws -> (Project, ProjectKey) {
        try await temporary.store.createProject(ProjectDraft(name: name), at: .now)
    }

    @Test func `a key leads to its project`() async throws {
        let (project, key) = try await makeProject()
        try await directory.reload()

        let entry = try #require(directory.knownEntry(forPublicKey: key.publicKey))

        #expect(entry == ProjectEntry(project: project, key: key))
        #expect(directory.entry(for: project.id) == project)
        #expect(directory.entry(for: ProjectID(99)) == nil)
    }

    @Test func `a key that another process has just made is found`() async throws {
        try await directory.reload()
        let (_, key) = try await makeProject()

        #expect(directory.knownEntry(forPublicKey: key.publicKey) == nil)
        #expect(await directory.entry(forPublicKey: key.publicKey)?.key == key)
    }

    @Test func `what another process has just changed holds from the next look at the mark on`() async throws
    {
        let (project, key) = try await makeProject()
        await directory.refresh()
        let policy = directory.policy(of: project.id)

        let other = try SQLiteStore.open(folder: temporary.folder)
        _ = try await other.changeKey(key.id, of: project.id) { $0.isEnabled = false }
        _ = try await other.changeSettings(of: project.id) { $0.scrubbing.additionalWords = ["badge"] }
        try await other.close()
        #expect(directory.knownEntry(forPublicKey: key.publicKey)?.key.isEnabled == true)
        await directory.heedMark()

        #expect(directory.knownEntry(forPublicKey: key.publicKey)?.key.isEnabled == false)
        #expect(directory.policy(of: project.id).settings.scrubbing.additionalWords == ["badge"])
        #expect(directory.policy(of: project.id).grouping === policy.grouping)
    }

    @Test func `unknown keys ask the store no more than ten times a second`() async throws {
        try await directory.reload()
        #expect(await directory.entry(forPublicKey: "unknown") == nil)
        let (_, key) = try await makeProject()

        clock.advance(.milliseconds(99))
        #expect(await directory.entry(forPublicKey: key.publicKey) == nil)
        clock.advance(.milliseconds(1))
        #expect(await directory.entry(forPublicKey: key.publicKey)?.key == key)
    }

    @Test func `a look finds what is new and keeps what is known when the store is gone`() async throws {
        let (_, first) = try await makeProject("One")
        await directory.refresh()
        let (_, second) = try await makeProject("Two")
        await directory.refresh()

        try await temporary.store.close()
        await directory.refresh()

        for key in [first, second] { #expect(directory.knownEntry(forPublicKey: key.publicKey)?.key == key) }
    }
}

/// A clock for spans that stands until it is moved.
final class Stopwatch: Sendable {
    private let moment = Mutex(ContinuousClock.now)

    var now: ContinuousClock.Instant { moment.withLock { $0 } }

    func advance(_ duration: Duration) {
        moment.withLock { $0 += duration }
    }
}
