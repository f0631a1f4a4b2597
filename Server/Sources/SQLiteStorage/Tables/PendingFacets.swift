// An issue's facets with what still waits in the journal, added up in memory.

import FlycatcherWire
import GRDB
import Model

/// Facets as they will be once the journal is settled.
struct PendingFacets: TagCounter {
    private struct Facet {
        var total: Int64 = 0
        var valueCount: Int64 = 0
        var values: [String: SeenCount] = [:]
    }

    private let db: Database
    private let issue: Int64
    private var facets: [String: Facet] = [:]

    /// Takes the facets as the tables have them.
    init(_ stored: [TagFacet], of issue: Int64, db: Database) {
        self.db = db
        self.issue = issue
        for facet in stored {
            let values = facet.values.map { ($0.value, SeenCount($0)) }
            facets[facet.key] = Facet(
                total: facet.total, valueCount: facet.valueCount,
                values: Dictionary(values) { first, _ in first })
        }
    }

    /// The facets by key, each with its most frequent values.
    ///
    /// Whatever grew is here, and whatever did not grow and is frequent was among the stored ones.
    func facets(valueLimit: Int) -> [TagFacet] {
        let sorted = facets.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        return sorted.map { key, facet in
            let values = facet.values.map { TagCount($0.key, $0.value) }.sorted(by: Self.isMoreFrequent)
            return TagFacet(
                key: key, total: facet.total, valueCount: facet.valueCount,
                values: Array(values.prefix(valueLimit)))
        }
    }

    private static func isMoreFrequent(_ value: TagCount, _ other: TagCount) -> Bool {
        if value.count != other.count { return value.count > other.count }
        return value.value.utf8.lexicographicallyPrecedes(other.value.utf8)
    }

    mutating func update(_ tag: Tag, by seen: SeenCount) throws -> Bool {
        guard let facet = facets[tag.key],
            var known = try facet.values[tag.value] ?? IssueTagTable(db: db).count(of: tag, issue: issue)
        else { return false }
        known.add(seen)
        facets[tag.key]?.values[tag.value] = known
        facets[tag.key]?.total += seen.count
        return true
    }

    func valueCount(of key: String) -> Int64? {
        facets[key]?.valueCount
    }

    mutating func insert(_ values: [TagValue], otherCount: Int64, of key: String) {
        var facet = facets[key] ?? Facet()
        facet.valueCount += Int64(values.count)
        facet.total += otherCount
        for (value, seen) in values {
            facet.values[value] = seen
            facet.total += seen.count
        }
        facets[key] = facet
    }
}

extension SeenCount {
    fileprivate init(_ count: TagCount) {
        self.init(count.count, first: count.firstSeen.microseconds, last: count.lastSeen.microseconds)
    }
}

extension TagCount {
    fileprivate init(_ value: String, _ seen: SeenCount) {
        self.init(
            value: value, count: seen.count, firstSeen: Timestamp(microseconds: seen.first),
            lastSeen: Timestamp(microseconds: seen.last))
    }
}
