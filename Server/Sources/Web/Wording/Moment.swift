// Times as people say them, with the exact one at hand.

import FlycatcherWire

/// A moment as pages show it: how long ago, and exactly.
struct Moment: View {
    let timestamp: Timestamp
    let now: Timestamp

    init(_ timestamp: Timestamp, now: Timestamp) {
        self.timestamp = timestamp
        self.now = now
    }

    func child(named name: String) -> Any? {
        switch name {
        case "iso": timestamp.description
        case "exact": exact
        case "short": distance
        case "ago": ago
        case "clock": String(timestamp.description.dropFirst(11).prefix(8))
        default: false
        }
    }

    /// `2026-03-01 10:00:00 UTC`.
    var exact: String {
        let text = timestamp.description
        return "\(text.prefix(10)) \(text.dropFirst(11).prefix(8)) UTC"
    }

    /// `3 min`, without a word about the direction; `now` below a minute.
    var distance: String {
        Elapsed(from: timestamp, to: now).coarse
    }

    /// Whether it lies less than a day back.
    var isFresh: Bool {
        timestamp > now.advanced(byMicroseconds: -86_400_000_000)
    }

    /// `3 min ago`, `in 3 min` or `just now`.
    var ago: String {
        let distance = distance
        if distance == Elapsed.none { return "just now" }
        return timestamp <= now ? "\(distance) ago" : "in \(distance)"
    }
}
