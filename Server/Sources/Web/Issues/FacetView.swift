// How an issue's events spread over the values of one tag.

import Model

/// One tag in the margin of an issue's page, with the share of all events that each value has.
struct FacetView: View {
    static let maximumValues = 6
    static let maximumCount = 24

    let facet: TagFacet
    /// All events of the issue, whether they carry the tag or not.
    let events: Int64

    init(_ facet: TagFacet, events: Int64) {
        self.facet = facet
        self.events = max(events, facet.total)
    }

    func child(named name: String) -> Any? {
        switch name {
        case "key": facet.key
        case "values": facet.values.prefix(Self.maximumValues).map { FacetValue(count: $0, total: events) }
        case "more": facet.valueCount > shown ? Count(facet.valueCount - shown).exact : false
        default: false
        }
    }

    /// The only value, when every event has it.
    var constant: Pair? {
        guard facet.valueCount == 1, let only = facet.values.first, only.count == events else { return nil }
        return Pair(name: facet.key, value: only.value)
    }

    private var shown: Int64 { Int64(min(facet.values.count, Self.maximumValues)) }
}

/// The tags in the margin of an issue's page.
struct FacetList: View {
    /// Tags whose values differ between events.
    let spread: [FacetView]
    /// Tags that say the same in every event.
    let constant: [Pair]

    /// Puts the tags that people look at first in front and leaves out those that repeat another.
    init(_ facets: [TagFacet], events: Int64) {
        let keys = Set(facets.map(\.key))
        let telling = facets.filter { facet in
            !facet.values.isEmpty
                && !(facet.key.hasSuffix(".name") && keys.contains(String(facet.key.dropLast(5))))
        }
        let ranked = telling.map { (rank: Self.first.firstIndex(of: $0.key) ?? Self.first.count, facet: $0) }
        let ordered = ranked.sorted { ($0.rank, $0.facet.key) < ($1.rank, $1.facet.key) }
        let views = ordered.map { FacetView($0.facet, events: events) }
        spread = Array(views.filter { $0.constant == nil }.prefix(FacetView.maximumCount))
        constant = Array(views.compactMap(\.constant).prefix(FacetView.maximumCount))
    }

    func child(named name: String) -> Any? {
        switch name {
        case "spread": spread
        case "hasConstant": !constant.isEmpty
        case "constant": constant
        default: false
        }
    }

    private static let first = [
        "release", "environment", "handled", "level", "os", "browser", "device", "runtime",
    ]
}

/// One value of a tag with its share.
struct FacetValue: View {
    let count: TagCount
    let total: Int64

    func child(named name: String) -> Any? {
        switch name {
        case "value": count.value
        case "share": Count.percent(count.count, of: total)
        case "width": String(Count.percentage(count.count, of: total))
        case "events": Count(count.count).of("event")
        default: false
        }
    }
}
