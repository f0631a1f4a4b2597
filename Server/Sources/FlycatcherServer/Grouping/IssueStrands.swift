// Takes an issue apart into the bugs that it may be of.

import FlycatcherWire
import Ingest
import Model

/// The hashes of an issue, with those of its newest events that bear them.
struct IssueStrands: Sendable {
    let store: any Store
    let rules: GroupingRules

    /// Enough to see which hashes come together, few enough for one page.
    static let maximumEventCount = 100

    /// The strands of an issue, those with most events first.
    func strands(of issue: IssueID) async throws -> [HashStrand] {
        let owned = try await store.hashes(of: issue)
        let events = try await newestEvents(of: issue)
        let bearing = events.compactMap { event in
            let hashes = owned.filter { event.hashes.contains($0) }
            return hashes.isEmpty ? nil : (event: event, hashes: hashes)
        }
        var strands = HashSets.parts(of: bearing.map(\.hashes)).map { places in
            let hashes = Set(places.flatMap { bearing[$0].hashes })
            return Self.strand(owned.filter { hashes.contains($0) }, places.map { bearing[$0].event })
        }
        let strangers = events.filter { Set(owned).isDisjoint(with: $0.hashes) }
        if !strangers.isEmpty { strands.append(Self.strand([], strangers)) }
        let seen = Set(bearing.flatMap(\.hashes))
        strands += owned.filter { !seen.contains($0) }.map { Self.strand([$0], []) }
        return strands.sorted { $0.eventCount > $1.eventCount }
    }

    private struct Event {
        let summary: EventSummary
        let hashes: [GroupingHash]
        let title: String
    }

    private func newestEvents(of issue: IssueID) async throws -> [Event] {
        let reader = GroupingReader(rules)
        var events: [Event] = []
        for summary in try await store.events(of: issue, after: nil, limit: Self.maximumEventCount)
        where summary.isKept {
            guard let stored = try await store.event(.id(summary.id), of: issue),
                let event = reader.event(summary, json: stored.json)
            else { continue }
            let hashes = event.hashes + event.earlierHashes
            events.append(Event(summary: summary, hashes: hashes, title: event.facts.title))
        }
        return events
    }

    /// Events come newest first.
    private static func strand(_ hashes: [GroupingHash], _ events: [Event]) -> HashStrand {
        HashStrand(
            hashes: hashes, eventCount: events.count, latest: events.first?.summary,
            title: events.first?.title ?? "")
    }
}
