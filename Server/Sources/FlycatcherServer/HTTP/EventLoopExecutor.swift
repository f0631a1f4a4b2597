// Runs the tasks of connections on their event loop: what has begun goes before what has not.

import NIOCore
import Synchronization

/// Runs tasks on an event loop.
///
/// ```
/// the loop has read from a connection ─▶ fresh ─┐
///                                               ├─▶ one at a time, on the loop
/// a commit, a turn, a new connection ──▶ begun ─┘
/// ```
///
/// A loop reads from every connection that has sent something, works off the tasks of what it has read, and looks again.
/// When more comes than it can do, requests stand in a line that grows. An event that waits for its commit has a place
/// that others wait for in turn, so its task must not stand behind all of them: tasks that go on with something, and
/// those that they wake, go first. How long the line of the others is says how far the loop is behind.
final class EventLoopExecutor: TaskExecutor {
    /// One for each loop of the process.
    private static let all = Mutex<[ObjectIdentifier: EventLoopExecutor]>([:])
    /// Behind fewer tasks nobody stands in line: the process or the machine has paused.
    private static let crowd = 64

    private struct Place {
        let job: UnownedJob
        /// When it came into line, and behind how many; nobody asks of those that have begun.
        var since: UInt64 = 0
        var ahead = 0
    }

    private struct Line {
        var begun = CircularBuffer<Place>()
        var fresh = CircularBuffer<Place>()
    }

    private let loop: any EventLoop
    private let line = Mutex(Line())
    /// Whether a task runs; what it puts in line goes on with something.
    private let isRunning = Atomic<Bool>(false)
    /// When the task that runs came into line behind a crowd; 0 if it did not.
    private let inCrowdSince = Atomic<UInt64>(0)

    private init(_ loop: any EventLoop) {
        self.loop = loop
    }

    static func executor(of loop: any EventLoop) -> EventLoopExecutor {
        all.withLock { all in
            if let known = all[ObjectIdentifier(loop)] { return known }
            let executor = EventLoopExecutor(loop)
            all[ObjectIdentifier(loop)] = executor
            return executor
        }
    }

    /// Nanoseconds for which the task that runs, and asks, has stood in line behind a crowd; otherwise 0.
    var wait: UInt64 {
        let since = inCrowdSince.load(ordering: .relaxed)
        return since == 0 ? 0 : monotonicNanoseconds() &- since
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        if isRunning.load(ordering: .relaxed) || !loop.inEventLoop {
            line.withLock { $0.begun.append(Place(job: job)) }
        } else {
            let now = monotonicNanoseconds()
            line.withLock { $0.fresh.append(Place(job: job, since: now, ahead: $0.fresh.count)) }
        }
        loop.execute { self.runNext() }
    }

    /// Runs the task whose turn it is; there is one for each call.
    private func runNext() {
        let next = line.withLock { $0.begun.popFirst() ?? $0.fresh.popFirst() }
        guard let next else { return }
        inCrowdSince.store(next.ahead < Self.crowd ? 0 : next.since, ordering: .relaxed)
        isRunning.store(true, ordering: .relaxed)
        next.job.runSynchronously(on: asUnownedTaskExecutor())
        isRunning.store(false, ordering: .relaxed)
    }
}
