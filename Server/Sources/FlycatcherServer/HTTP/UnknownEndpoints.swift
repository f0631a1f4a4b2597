// Counts requests to paths below /api/ that nobody answers, so that somebody sees what clients ask for in vain.

import Model
import Synchronization

/// The names of unknown endpoints: a bounded number of them, without what identifies anyone.
final class UnknownEndpoints: Sendable {
    private let outcomes: OutcomeCounter
    private let names = Mutex<Set<String>>([])

    static let maximumCount = 100
    /// Under which `flycatcher stats` shows them; they are of no project.
    static let category = "unknown_path"

    init(outcomes: OutcomeCounter) {
        self.outcomes = outcomes
    }

    /// Counts a request.
    func count(_ path: String) {
        let name = Self.name(of: path)
        let isNamed = names.withLock { names in
            if names.count < Self.maximumCount { names.insert(name) }
            return names.contains(name)
        }
        outcomes.count(
            Outcome(.invalid, category: Self.category, reason: isNamed ? name : "other"),
            project: ProjectID(0))
    }

    /// The path with `*` for every part that is no short word: numbers, keys and identities.
    static func name(of path: String) -> String {
        let parts = path.split(separator: "/").dropFirst().prefix(6).map { part in
            let isWord = part.utf8.count <= 24 && part.utf8.allSatisfy { isWordByte($0) }
            return isWord ? String(part) : "*"
        }
        return parts.joined(separator: "/")
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        byte &- UInt8(ascii: "a") < 26 || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }
}
