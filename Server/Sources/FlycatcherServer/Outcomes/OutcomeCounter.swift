// Counts outcomes in memory, so that a refused request costs no write of its own.

import FlycatcherWire
import Logging
import Model
import Synchronization

/// Sums outcomes by project, key, outcome and hour until the store takes them, once a second and at shutdown.
final class OutcomeCounter: Sendable {
    private let store: any Store
    private let logger: Logger
    private let now: @Sendable () -> Timestamp
    private let waiting = Mutex<[OutcomeKey: Int64]>([:])
    private let sums = Mutex<[Outcome: Int64]>([:])

    /// How many distinct sums wait at most.
    ///
    /// Beyond them reasons and keys are folded into one sum per project.
    static let maximumCount = 10_000
    /// How many distinct outcomes are summed since the start; further ones are only stored.
    static let maximumSums = 1_000
    /// Room for the folded sums.
    static let foldedCount = 1_000

    init(store: any Store, logger: Logger, now: @escaping @Sendable () -> Timestamp = { .now }) {
        self.store = store
        self.logger = logger
        self.now = now
    }

    /// Counts an outcome now.
    ///
    /// - Parameter key: the client key; 0 when it is not known.
    func count(_ outcome: Outcome, project: ProjectID, key: Int64 = 0, quantity: Int64 = 1) {
        let place = OutcomeKey(project: project, key: key, outcome: outcome, at: now())
        waiting.withLock { Self.add(quantity, at: place, to: &$0) }
        sums.withLock { sums in
            guard sums[outcome] != nil || sums.count < Self.maximumSums else { return }
            sums[outcome, default: 0] += quantity
        }
    }

    /// What was counted since the server started.
    var totals: [Outcome: Int64] { sums.withLock { $0 } }

    /// How many distinct sums wait.
    var waitingCount: Int { waiting.withLock { $0.count } }

    /// Hands everything that was counted to the store; what it does not take is kept for the next time.
    func flush() async {
        let batch = waiting.withLock { sums in
            defer { sums = [:] }
            return sums
        }
        guard !batch.isEmpty else { return }
        do {
            try await store.count(batch)
        } catch {
            logger.warning("could not store outcome counts, keeping them for the next try", error: error)
            waiting.withLock { sums in
                for (place, quantity) in batch { Self.add(quantity, at: place, to: &sums) }
            }
        }
    }

    private static func add(_ quantity: Int64, at place: OutcomeKey, to sums: inout [OutcomeKey: Int64]) {
        if sums[place] != nil || sums.count < maximumCount {
            sums[place, default: 0] += quantity
            return
        }
        let folded = OutcomeKey(
            project: place.project, key: 0,
            outcome: Outcome(place.outcome.kind, category: "", reason: "overflow"), hour: place.hour)
        guard sums[folded] != nil || sums.count < maximumCount + foldedCount else { return }
        sums[folded, default: 0] += quantity
    }
}
