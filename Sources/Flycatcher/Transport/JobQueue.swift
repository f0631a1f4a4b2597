// A bounded queue with a thread that works it off.

import Foundation

/// Hands jobs from any thread to one thread of its own, in order.
///
/// A thread and not a task, because an app that blocks all threads of Swift's concurrency pool, as a synchronous
/// `flush` in a task does on a machine with one core, would otherwise wait for work that cannot run.
///
/// Unchecked: all mutable properties are read and written only while `condition` is locked.
final class JobQueue<Job: Sendable>: @unchecked Sendable {
    /// What became of a job that was offered.
    enum Admission {
        case accepted
        /// Accepted in the place of the oldest job that waited.
        case displaced(Job)
        /// The queue is closed, or the job was offered by the work itself, which could go on for ever.
        case refused
    }

    /// What becomes of the jobs that wait when the queue closes.
    enum Closing {
        case draining
        case dropping
    }

    private let capacity: Int
    private let condition = NSCondition()
    private var waiting = Ring<Job>()
    private var isBusy = false
    private var isClosed = false
    private var worker: pthread_t?

    /// Starts the thread.
    ///
    /// - Parameters:
    ///   - capacity: how many jobs may wait; beyond, the oldest is displaced.
    ///   - onEnd: runs when the queue is closed and the last job done.
    ///   - work: does one job.
    init(capacity: Int, onEnd: @escaping @Sendable () -> Void, work: @escaping @Sendable (Job) -> Void) {
        self.capacity = capacity
        let thread = Thread { [self] in
            condition.withLock { worker = pthread_self() }
            while let job = next() { work(job) }
            onEnd()
        }
        thread.name = "flycatcher"
        thread.start()
    }

    func append(_ job: Job) -> Admission {
        condition.withLock {
            guard !isClosed, !isCallerTheWorker else { return .refused }
            let oldest = waiting.count == capacity ? waiting.removeFirst() : nil
            waiting.append(job, limit: capacity)
            condition.broadcast()
            return oldest.map { .displaced($0) } ?? .accepted
        }
    }

    /// Waits until no job waits or is being done; the work itself, which would wait for its own end, does not.
    ///
    /// - Returns: false when the time was up first.
    func waitUntilIdle(timeout: Duration) -> Bool {
        let deadline = Date(timeIntervalSinceNow: timeout / .seconds(1))
        return condition.withLock {
            while isBusy || waiting.count > 0 {
                guard !isCallerTheWorker, condition.wait(until: deadline) else { return false }
            }
            return true
        }
    }

    /// Takes no further jobs; the thread ends.
    func close(_ closing: Closing) {
        condition.withLock {
            isClosed = true
            if closing == .dropping { waiting = Ring() }
            condition.broadcast()
        }
    }

    private var isCallerTheWorker: Bool {
        worker.map { pthread_equal($0, pthread_self()) != 0 } ?? false
    }

    /// Ends the last job and waits for the next; nil when there will be none.
    private func next() -> Job? {
        condition.withLock {
            isBusy = false
            condition.broadcast()
            while waiting.count == 0 {
                if isClosed { return nil }
                condition.wait()
            }
            isBusy = true
            return waiting.removeFirst()
        }
    }
}
