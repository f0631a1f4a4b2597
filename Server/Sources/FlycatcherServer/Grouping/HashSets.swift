// Which sets of hashes belong together.

import Model

enum HashSets {
    /// The places of sets that meet, directly or through others; the first place of each part in order.
    static func parts(of sets: [[GroupingHash]]) -> [[Int]] {
        var parts: [(hashes: Set<GroupingHash>, places: [Int])] = []
        for (place, set) in sets.enumerated() {
            let meeting = parts.filter { !$0.hashes.isDisjoint(with: set) }
            parts.removeAll { !$0.hashes.isDisjoint(with: set) }
            let hashes = meeting.reduce(Set(set)) { $0.union($1.hashes) }
            parts.append((hashes, (meeting.flatMap(\.places) + [place]).sorted()))
        }
        return parts.map(\.places).sorted { ($0.first ?? 0) < ($1.first ?? 0) }
    }
}
