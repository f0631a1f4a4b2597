// What did not get there, counted.

import FlycatcherWire
import Synchronization

/// The losses of one client by reason and category; each client counts its own.
final class Discards: Sendable {
    struct Key: Hashable, Sendable {
        let reason: DiscardReason
        let category: DataCategory
    }

    private let diagnostics: Diagnostics
    private let counts = Mutex<[Key: Int]>([:])

    init(_ diagnostics: Diagnostics) {
        self.diagnostics = diagnostics
    }

    func record(_ losses: [Loss], _ reason: DiscardReason) {
        counts.withLock { counts in
            for loss in losses {
                counts[Key(reason: reason, category: loss.category), default: 0] += loss.quantity
            }
        }
        diagnostics.note(
            "given up (\(reason.rawValue)): \(losses.map { "\($0.quantity) \($0.category.rawValue)" })")
    }

    /// All counts so far, which begin at nothing again.
    func drain() -> [Key: Int] {
        counts.withLock { counts in
            defer { counts = [:] }
            return counts
        }
    }
}
