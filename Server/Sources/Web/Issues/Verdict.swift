// What the figures of an issue mean, in a sentence.

import FlycatcherWire
import Model

/// The line that sums an issue up: how old, how often, how many users, what its events have in common.
struct Verdict {
    let parts: [VerdictPart]

    init(issue: Issue, facets: [TagFacet], now: Timestamp) {
        let first = Moment(issue.firstSeen, now: now)
        let last = Moment(issue.lastSeen, now: now)
        var parts = [
            first.isFresh
                ? VerdictPart("New", ": first seen \(first.ago)") : VerdictPart("", "First seen \(first.ago)")
        ]
        if issue.eventCount > 1 { parts.append(VerdictPart("", ", last seen \(last.ago)")) }
        parts.append(VerdictPart(Count(issue.eventCount).of("event"), "", before: " · "))
        if issue.unkeptCount > 0 {
            let kept = Count(issue.eventCount - issue.unkeptCount).exact
            parts.append(VerdictPart(kept, " kept whole", before: ", "))
        }
        if issue.userCount > 0 {
            parts.append(VerdictPart(Count(issue.userCount).of("user"), "", before: " · "))
        }
        parts += Self.common(facets, events: issue.eventCount)
        self.parts = parts
    }

    /// The tag values that most events share though others exist, strongest first.
    private static func common(_ facets: [TagFacet], events: Int64) -> [VerdictPart] {
        let found = facets.compactMap { facet -> (facet: TagFacet, top: TagCount, share: Int)? in
            guard facet.total >= minimumEvents, facet.valueCount > 1, !unsurprising.contains(facet.key),
                let top = facet.values.first
            else { return nil }
            let share = Count.percentage(top.count, of: max(events, facet.total))
            return share >= minimumShare ? (facet, top, share) : nil
        }
        return found.sorted { ($1.share, $0.facet.key) < ($0.share, $1.facet.key) }.prefix(2).map { common in
            let value = BoundedText(common.top.value, limit: 60).shown
            return VerdictPart("\(common.facet.key) \(value)", "", before: " · \(common.share) % on ")
        }
    }

    private static let minimumEvents: Int64 = 5
    private static let minimumShare = 60
    /// Tags that say little, or the same as another one.
    private static let unsurprising: Set<String> = [
        "level", "handled", "mechanism", "logger", "user", "trace", "url", "os.name", "browser.name",
        "runtime.name",
    ]
}

/// A piece of the line, its important words first.
struct VerdictPart: View {
    let before: String
    let strong: String
    let after: String

    init(_ strong: String, _ after: String, before: String = "") {
        self.before = before
        self.strong = strong
        self.after = after
    }

    func child(named name: String) -> Any? {
        switch name {
        case "before": before
        case "strong": optional(strong)
        case "after": after
        default: false
        }
    }
}
