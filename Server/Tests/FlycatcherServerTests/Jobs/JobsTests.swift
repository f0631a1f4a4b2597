// Tests what the server does besides answering, and how it ends.

import Logging
import Model
import ServiceLifecycle
import Synchronization
import Testing

@testable import FlycatcherServer

@Suite struct JobsTests {
    private final class Diary: Sendable {
        private let entries = Mutex<[String]>([])

        var all: [String] { entries.withLock { $0 } }

        func note(_ entry: String) { entries.withLock { $0.append(entry) } }
    }

    @Test func `services say farewell in the opposite order of their start`() async throws {
        let diary = Diary()
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let (started, start) = AsyncStream<Void>.makeStream()
        let services: [any Service] = [
            Farewell(description: "first") { diary.note("first") },
            Farewell(description: "second") { diary.note("second") },
            RepeatingJob(description: "job", interval: .seconds(60)) {
                diary.note("work")
                start.yield()
            },
        ]
        let group = ServiceGroup(configuration: .init(services: services, logger: logger))

        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            for await _ in started { break }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }

        #expect(diary.all == ["work", "second", "first"])
    }

    @Test func `a server that is torn down still says farewell`() async throws {
        let diary = Diary()

        let task = Task { await Farewell(description: "last") { diary.note("last") }.run() }
        task.cancel()
        await task.value

        #expect(diary.all == ["last"])
    }

    @Test func `the last counts are stored before the store closes`() async throws {
        let server = try await TestServer()
        let refusal = Outcome(.invalid, category: "error", reason: "invalid_json")
        server.parts.outcomes.count(refusal, project: server.project.id)

        await server.parts.lastOutcomes.work()
        #expect(try await server.temporary.store.outcomes(of: nil, sinceHour: 0).map(\.outcome) == [refusal])
        await server.parts.closing.work()

        await #expect(throws: StoreError.closed) { try await server.temporary.store.check() }
    }

    @Test func `what is to be announced is taken out of the store`() async throws {
        let server = try await TestServer()
        try await server.capture(#"{"message":"new"}"#)

        await server.parts.outbox.work()

        #expect(try await server.temporary.store.takeAnnouncements(limit: 10).isEmpty)
    }
}
