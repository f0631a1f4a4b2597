// A bounded queue with a thread that works it off.

import Foundation

/// Hands jobs from any thread to one thread of its own, by priority.
///
/// A thread and not a task, because an app that blocks all threads of Swift's concurrency pool, as a synchronous
/// `flush` in a task does on a machine with one core, would otherwise wait for work that cannot run.
///
/// Unchecked: all mutable properties are read and written only while `condition` is locked.
final class JobQueue<Job: Prioritized>: @unchecked Sendable {
    /// What the thread does; all of it is called there, one at a time.
    struct Duties: Sendable {
        /// Does one job.
        var work: @Sendable (Job) -> Void
        /// Counts a job that had to make room for a newer or more important one.
        var giveUp: @Sendable ([Job]) -> Void = { _ in }
        /// Does what is due at that moment, hands over jobs that came of it, and says when something will be due.
        var attend: @Sendable (ContinuousClock.Instant) -> (jobs: [Job], next: ContinuousClock.Instant?) = {
            _ in
            ([], nil)
        }
        /// Runs when the queue is closed and the last job done.
        var end: @Sendable (Closing) -> Void = { _ in }
    }

    /// What becomes of the jobs that wait when the queue closes.
    enum Closing: Equatable, Sendable {
        /// They are done, unless that takes longer.
        case draining(until: ContinuousClock.Instant)
        case dropping
    }

    /// Something that a thread waits for the worker to do, before all jobs.
    typealias Errand = @Sendable () -> [Job]

    private enum Step {
        case job(Job)
        case errand(Errand, number: Int)
        case attendance(ContinuousClock.Instant)
    }

    private let capacity: Int
    private let duties: Duties
    private let condition = NSCondition()
    private var backlog = Backlog<Job>()
    /// The number of the job that is being done.
    private var current: Int?
    private var errands: [(number: Int, errand: Errand)] = []
    private var errandCount = 0
    private var currentErrand: Int?
    /// When something is due; the past when it is not yet known.
    private var attendAt: ContinuousClock.Instant? = .now
    private var closing: Closing?
    private var worker: pthread_t?

    /// Starts the thread.
    ///
    /// - Parameters:
    ///   - capacity: how many jobs may wait; beyond, the oldest of the lowest priority goes.
    ///   - duties: what the thread does.
    init(capacity: Int, duties: Duties) {
        self.capacity = capacity
        self.duties = duties
        let thread = Thread { [self] in run() }
        thread.name = "flycatcher"
        thread.start()
    }

    /// Whether no further job has room.
    var isFull: Bool {
        condition.withLock { backlog.count >= capacity }
    }

    /// Lets a job wait.
    ///
    /// - Returns: false when the queue is closed, or when the job was offered by the work itself, which could go on
    ///   for ever.
    func append(_ job: Job) -> Bool {
        let displaced: Job?
        do {
            condition.lock()
            defer { condition.unlock() }
            guard closing == nil, !isCallerTheWorker else { return false }
            displaced = backlog.append(job, capacity: capacity)
            condition.broadcast()
        }
        if let displaced { duties.giveUp([displaced]) }
        return true
    }

    /// Waits until all jobs are done that were there when it was called; the work itself, which would wait for its
    /// own end, does not.
    ///
    /// - Returns: false when the time was up first.
    func waitForJobs(until deadline: ContinuousClock.Instant) -> Bool {
        condition.withLock {
            let last = backlog.lastNumber
            return wait(until: deadline) { [self] in
                min(backlog.oldestNumber ?? .max, current ?? .max) > last
            }
        }
    }

    /// Has the thread do something, and waits until it is done; the jobs that come of it only wait their turn.
    ///
    /// - Returns: false when the time was up first.
    func perform(until deadline: ContinuousClock.Instant, _ errand: @escaping Errand) -> Bool {
        condition.withLock {
            guard closing == nil else { return true }
            errandCount += 1
            let number = errandCount
            errands.append((number, errand))
            condition.broadcast()
            let isDone = wait(until: deadline) { [self] in
                currentErrand != number && !errands.contains { $0.number == number }
            }
            if !isDone { errands.removeAll { $0.number == number } }
            return isDone
        }
    }

    /// Has the thread look at once for what is due.
    func attendSoon() {
        condition.withLock {
            attendAt = .now
            condition.broadcast()
        }
    }

    /// Takes no further jobs; the thread ends.
    func close(_ way: Closing) {
        condition.withLock {
            closing = way
            errands = []
            if way == .dropping { backlog.removeAll() }
            condition.broadcast()
        }
    }

    /// Whether the calling thread is the one that does the work.
    var isCallerTheWorker: Bool {
        worker.map { pthread_equal($0, pthread_self()) != 0 } ?? false
    }

    /// Waits, with the lock held, for what another thread will bring about.
    private func wait(until deadline: ContinuousClock.Instant, for isReached: () -> Bool) -> Bool {
        while !isReached() {
            guard !isCallerTheWorker, deadline > .now else { return false }
            _ = condition.wait(until: deadline.date)
        }
        return true
    }
}

// MARK: The thread

extension JobQueue {
    private func run() {
        condition.withLock { worker = pthread_self() }
        while let step = next() {
            switch step {
            case .job(let job): duties.work(job)
            case .errand(let errand, _): insert(errand())
            case .attendance(let moment): attend(at: moment)
            }
        }
        duties.end(condition.withLock { closing } ?? .dropping)
    }

    private func attend(at moment: ContinuousClock.Instant) {
        let (jobs, next) = duties.attend(moment)
        insert(jobs)
        condition.withLock {
            // Someone may have asked for attention meanwhile.
            attendAt = [attendAt, next].compactMap { $0 }.min()
        }
    }

    private func insert(_ jobs: [Job]) {
        let displaced = condition.withLock {
            jobs.compactMap { backlog.append($0, capacity: capacity) }
        }
        if !displaced.isEmpty { duties.giveUp(displaced) }
    }

    /// Ends the last step and waits for the next; nil when there will be none.
    private func next() -> Step? {
        condition.withLock {
            (current, currentErrand) = (nil, nil)
            condition.broadcast()
            while true {
                if let step = takeStep() { return step }
                if closing != nil { return nil }
                // Foundation ends the process over a wait until the distant future.
                _ = condition.wait(until: (attendAt ?? .now + .seconds(3600)).date)
            }
        }
    }

    private func takeStep() -> Step? {
        if case .draining(let deadline) = closing, deadline <= .now { backlog.removeAll() }
        if !errands.isEmpty {
            let (number, errand) = errands.removeFirst()
            currentErrand = number
            return .errand(errand, number: number)
        }
        if closing == nil, let due = attendAt, case let now = ContinuousClock.now, due <= now {
            attendAt = nil
            return .attendance(now)
        }
        guard let (job, number) = backlog.next() else { return nil }
        current = number
        return .job(job)
    }
}

extension ContinuousClock.Instant {
    /// The same moment as the conditions of Foundation know it.
    fileprivate var date: Date {
        Date(timeIntervalSinceNow: (self - .now) / .seconds(1))
    }
}
