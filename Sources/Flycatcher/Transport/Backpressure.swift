// How much less is to be traced while the SDK cannot keep up.

import Synchronization

/// A factor by which fewer traces are sampled; it doubles while things are bad (protocol section 21.9).
final class Backpressure: Sendable {
    typealias Instant = ContinuousClock.Instant

    static let interval = Duration.seconds(10)
    static let maximum = 1 << 10

    private struct State {
        var factor = 1
        var checkedAt: Instant?
    }

    private let isHealthy: @Sendable () -> Bool
    private let state = Mutex(State())

    /// Asks `isHealthy` when somebody wants to know, every ten seconds at most: no timer is needed.
    init(isHealthy: @escaping @Sendable () -> Bool) {
        self.isHealthy = isHealthy
    }

    /// By how much the rate of traces is to be divided, 1 when all is well.
    func factor(at now: Instant = .now) -> Int {
        state.withLock { state in
            if let checkedAt = state.checkedAt, now - checkedAt < Self.interval { return state.factor }
            state.checkedAt = now
            state.factor = isHealthy() ? 1 : min(state.factor * 2, Self.maximum)
            return state.factor
        }
    }
}
