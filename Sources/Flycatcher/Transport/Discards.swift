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
            for loss in losses where loss.quantity > 0 {
                counts[Key(reason: reason, category: loss.category), default: 0] += loss.quantity
            }
        }
        diagnostics.note(
            "given up (\(reason.rawValue)): \(losses.map { "\($0.quantity) \($0.category.rawValue)" })")
    }

    /// The counts so far, which begin at nothing again; beyond `limit` kinds of loss, the rest stays for later.
    func drain(limit: Int = .max) -> [Key: Int] {
        counts.withLock { counts in
            let drained = counts.prefix(limit)
            for (key, _) in drained { counts[key] = nil }
            return Dictionary(uniqueKeysWithValues: drained.map { ($0.key, $0.value) })
        }
    }

    /// Takes counts back that could not be told.
    func restore(_ drained: [Key: Int]) {
        counts.withLock { $0.merge(drained, uniquingKeysWith: +) }
    }
}
