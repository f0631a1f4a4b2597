// How an issue's events spread over the values of one tag.

import Model

/// One tag in the margin of an issue's page.
struct FacetView: View {
    static let maximumValues = 6
    static let maximumCount = 24

    let facet: TagFacet

    /// The facets that people look at first in front, the rest by name.
    static func all(_ facets: [TagFacet]) -> [FacetView] {
        let ranked = facets.filter { !$0.values.isEmpty }.map { facet in
            (rank: first.firstIndex(of: facet.key) ?? first.count, facet: facet)
        }
        let ordered = ranked.sorted { ($0.rank, $0.facet.key) < ($1.rank, $1.facet.key) }
        return ordered.prefix(maximumCount).map { FacetView(facet: $0.facet) }
    }

    func child(named name: String) -> Any? {
        switch name {
        case "key": facet.key
        case "values":
            facet.values.prefix(Self.maximumValues).map { FacetValue(count: $0, total: facet.total) }
        case "more": facet.valueCount > shown ? Count(facet.valueCount - shown).exact : false
        default: false
        }
    }

    private var shown: Int64 { Int64(min(facet.values.count, Self.maximumValues)) }

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
