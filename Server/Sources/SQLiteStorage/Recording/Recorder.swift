// Keeps events: one thread that writes whatever waits in one transaction, and answers after the commit.

import Foundation
import GRDB
import Model
import Synchronization

/// The single writer of events and outcomes.
///
/// ```
/// record ─▶ WriteQueue ─▶ take all ─▶ BatchWriter (one transaction) ─▶ commit ─▶ answer everyone
/// ```
///
/// Database calls block, so they run on a thread of their own and never on one that serves requests.
final class Recorder: Sendable {
    private let queue: WriteQueue
    private let end = ThreadEnd()
    private let progress: RecorderProgress

    /// More orders than this are written in several transactions, so that nobody waits for a huge one.
    private static let maximumBatchCount = 2048

    /// From so many orders in a batch on, senders are many, and the next batch is left some time to grow.
    private static let crowd = 12
    /// Seconds of that time for each order: about what its sender's next event takes to come here.
    ///
    /// The whole crowd then shares the next commit.
    private static let rest = 0.000_125
    /// The longest such time, in seconds.
    private static let longestRest = 0.008

    init(pool: DatabasePool, options: StoreOptions) {
        queue = WriteQueue(maximumByteCount: options.queueBytes)
        progress = RecorderProgress(maximumByteCount: options.queueBytes)
        start(pool, options)
    }

    deinit {
        queue.close()
    }

    /// What has not been answered yet, in bytes.
    var queuedByteCount: Int { queue.byteCount }

    /// How recording gets on.
    var figures: RecordingFigures {
        var figures = progress.figures
        figures.queuedBytes = queue.byteCount
        return figures
    }

    func record(_ event: GroupedEvent) async throws -> Recording {
        try await withCheckedThrowingContinuation { waiter in add(.event(event, waiter)) }
    }

    func record(_ event: GroupedEvent?, with enclosures: Enclosures) async throws -> Recording? {
        try await withCheckedThrowingContinuation { waiter in add(.enclosures(event, enclosures, waiter)) }
    }

    func count(_ outcomes: [OutcomeKey: Int64]) async throws {
        try await withCheckedThrowingContinuation { waiter in add(.outcomes(outcomes, waiter)) }
    }

    /// Takes nothing more in, and returns when everything that waited is written.
    func close() async {
        queue.close()
        await end.wait()
    }

    private func add(_ order: WriteOrder) {
        do {
            try queue.add(order)
        } catch {
            order.fail(with: error)
        }
    }

    private func start(_ pool: DatabasePool, _ options: StoreOptions) {
        let thread = Thread { [queue, end, progress] in
            let keeping = EventKeeping(storm: StormMemory(threshold: options.keptPerHour), disk: options.disk)
            while let batch = queue.take(limit: Self.maximumBatchCount) {
                progress.measure(batch.count) { Self.write(batch, to: pool, keeping) }
                queue.release(batch)
                if batch.count >= Self.crowd {
                    Thread.sleep(forTimeInterval: min(Double(batch.count) * Self.rest, Self.longestRest))
                }
            }
            end.reach()
        }
        thread.name = "recorder"
        thread.stackSize = 2 << 20
        thread.start()
    }

    /// Writes a batch and answers its waiters.
    ///
    /// When some order spoils it, its halves are written by themselves, until the spoiler is alone.
    private static func write(_ batch: [WriteOrder], to pool: DatabasePool, _ keeping: EventKeeping) {
        do {
            let results = try commit(batch, to: pool, keeping)
            for (order, result) in zip(batch, results) { order.succeed(with: result) }
        } catch {
            keeping.forget()
            guard batch.count > 1, StoreError.isAboutTheData(error) else {
                let failure = StoreError(error)
                for order in batch { order.fail(with: failure) }
                return
            }
            let half = batch.count / 2
            write(Array(batch.prefix(half)), to: pool, keeping)
            write(Array(batch.dropFirst(half)), to: pool, keeping)
        }
    }

    private static func commit(
        _ batch: [WriteOrder], to pool: DatabasePool, _ keeping: EventKeeping
    ) throws -> [BatchWriter.Answer] {
        try pool.writeWithoutTransaction { db in
            var results: [BatchWriter.Answer] = []
            try db.inTransaction(.immediate) {
                var writer = BatchWriter(db, keeping)
                results = try writer.write(batch)
                return .commit
            }
            return results
        }
    }
}

/// The moment at which a thread ends, for tasks to wait for.
final class ThreadEnd: Sendable {
    private struct State {
        var isReached = false
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    func reach() {
        let waiters = state.withLock { state in
            state.isReached = true
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    func wait() async {
        await withCheckedContinuation { waiter in
            let isReached = state.withLock { state in
                if !state.isReached { state.waiters.append(waiter) }
                return state.isReached
            }
            if isReached { waiter.resume() }
        }
    }
}
