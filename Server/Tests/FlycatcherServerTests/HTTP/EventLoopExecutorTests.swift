// Tests in what order an event loop runs tasks, and what they learn of their wait.

import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import FlycatcherServer

@Suite struct EventLoopExecutorTests {
    private final class Notes<Note: Sendable>: Sendable {
        private let list = Mutex<[Note]>([])

        var all: [Note] { list.withLock { $0 } }

        func add(_ note: Note) { list.withLock { $0.append(note) } }
    }

    /// Puts tasks in line as a loop does that has read something, and returns when the last of them has run.
    private func run(_ count: Int, _ work: @escaping @Sendable (EventLoopExecutor, Int) -> Void) async throws
    {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let loop = group.next()
        let executor = EventLoopExecutor.executor(of: loop)
        let tasks = try await loop.submit {
            (0..<count).map { number in Task(executorPreference: executor) { work(executor, number) } }
        }.get()
        for task in tasks { await task.value }
        try await group.shutdownGracefully()
    }

    @Test func `what a task wakes goes before what has just been read`() async throws {
        let order = Notes<String>()

        try await run(3) { executor, number in
            order.add("read \(number)")
            if number == 0 { Task(executorPreference: executor) { order.add("woken") } }
        }

        #expect(order.all == ["read 0", "woken", "read 1", "read 2"])
    }

    @Test func `only those behind a crowd learn how long they have waited`() async throws {
        let waits = Notes<UInt64>()

        try await run(70) { executor, _ in waits.add(executor.wait) }

        #expect(waits.all.prefix(64).allSatisfy { $0 == 0 })
        #expect(waits.all.suffix(6).allSatisfy { $0 > 0 })
    }

    @Test func `a loop has one executor`() async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)

        #expect(EventLoopExecutor.executor(of: group.next()) === EventLoopExecutor.executor(of: group.next()))
        try await group.shutdownGracefully()
    }
}
