// What the worker's thread does by the clock.

import Synchronization

/// Knows when which duty is due; the thread asks it.
final class Agenda: Sendable {
    typealias Instant = ContinuousClock.Instant

    /// Does something at a moment, and says what there is to send and when it wants to be called again.
    typealias Duty = @Sendable (Instant) -> (parcels: [Parcel], next: Instant?)

    private struct Entry: Sendable {
        let duty: Duty
        /// nil while there is nothing to wait for.
        var dueAt: Instant?
    }

    private struct State {
        var entries: [Entry] = []
        var batches: [any Batch] = []
    }

    private let state = Mutex(State())

    /// Drains a batch whenever its interval is over, first one interval from now.
    func add(_ batch: any Batch, now: Instant) {
        state.withLock { $0.batches.append(batch) }
        let interval = max(batch.interval, .milliseconds(10))
        add(dueAt: now + interval) { moment in (batch.drain(), moment + interval) }
    }

    /// Calls a duty at a moment.
    func add(dueAt: Instant, _ duty: @escaping Duty) {
        state.withLock { $0.entries.append(Entry(duty: duty, dueAt: dueAt)) }
    }

    /// Does all that is due.
    func attend(at moment: Instant) -> (parcels: [Parcel], next: Instant?) {
        var parcels: [Parcel] = []
        for (index, entry) in state.withLock({ Array($0.entries.enumerated()) }) {
            guard let dueAt = entry.dueAt, dueAt <= moment else { continue }
            let outcome = entry.duty(moment)
            parcels += outcome.parcels
            state.withLock { $0.entries[index].dueAt = outcome.next }
        }
        return (parcels, state.withLock { $0.entries.compactMap(\.dueAt).min() })
    }

    /// Everything that all batches have collected.
    func drainBatches() -> [Parcel] {
        state.withLock { $0.batches }.flatMap { $0.drain() }
    }
}
