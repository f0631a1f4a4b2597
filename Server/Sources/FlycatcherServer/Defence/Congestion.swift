// Refuses requests that have stood in line too long, so that the line stays short for the others.

import Model
import Synchronization

/// Judges requests by how long they have stood in line for a processor.
///
/// To refuse one costs a quarter of taking it in. Of a line that is longer than one can work off, those in front are taken
/// in and those behind are refused, until the line is as short as patience allows. Whoever sends less than others is not
/// to blame for it and is let pass, as long as that is enough.
final class Congestion: Sendable {
    /// From so many nanoseconds in line on, whoever sends as much as others do is refused.
    static let patience: UInt64 = 250_000_000
    /// From so many on, everybody is.
    static let limit: UInt64 = 1_000_000_000
    /// For so long it is remembered who sends how much.
    private static let memory: UInt64 = 1_000_000_000

    private struct State {
        var since: UInt64 = 0
        var total = 0
        /// Late requests of each project.
        var counts: [ProjectID: Int] = [:]
    }

    private let clock: @Sendable () -> UInt64
    private let state = Mutex(State())
    /// When a request was late last; 0 for never.
    private let lateAt = Atomic<UInt64>(0)

    /// - Parameter clock: nanoseconds of a clock that only goes forward.
    init(clock: @escaping @Sendable () -> UInt64) {
        self.clock = clock
    }

    /// Whether requests have been late in the last second.
    var isFelt: Bool {
        let moment = lateAt.load(ordering: .relaxed)
        return moment != 0 && clock() &- moment < Self.memory
    }

    /// Whether a request may come in that has stood in line for so many nanoseconds.
    func admits(_ project: ProjectID, afterWaiting wait: UInt64) -> Bool {
        guard wait > Self.patience else { return true }
        let now = clock()
        lateAt.store(now, ordering: .relaxed)
        let isModest = state.withLock { state in
            if now &- state.since > Self.memory { state = State(since: now) }
            state.total += 1
            state.counts[project, default: 0] += 1
            return state.counts[project, default: 0] * state.counts.count < state.total
        }
        return isModest && wait <= Self.limit
    }
}
