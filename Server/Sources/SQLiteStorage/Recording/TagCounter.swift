// Where an issue's tags are counted, and the bounds that hold wherever that is.

import Model

/// Counts the tags of one issue, within bounds.
///
/// A key that names each request or each moment must not fill the database: what is beyond the bounds is counted as
/// *other* of its key, and a key too many not at all. What is there already is counted in any case, so that the order in
/// which tags come decides and nothing else.
protocol TagCounter {
    /// Adds to a value; false when the value is not known.
    mutating func update(_ tag: Tag, by seen: SeenCount) throws -> Bool

    /// How many values of a key are counted; nil when the key is not known.
    mutating func valueCount(of key: String) throws -> Int64?

    /// Adds values that are not known to a key, making it if need be, and a count of values that have no room.
    mutating func insert(_ values: [TagValue], otherCount: Int64, of key: String) throws
}

/// A value of a tag and how often it was seen.
typealias TagValue = (value: String, seen: SeenCount)

/// How many tags of an issue are counted.
enum TagBounds {
    static let keys: Int64 = 200
    static let valuesOfKey: Int64 = 1000
}

extension TagCounter {
    /// Adds tags, and says how many keys the issue has then.
    mutating func add(_ tally: TagTally, keyCount: Int64) throws -> Int64 {
        var keyCount = keyCount
        for (key, values) in try unknownValues(in: tally) {
            let known = try valueCount(of: key)
            if known == nil {
                guard keyCount < TagBounds.keys else { continue }
                keyCount += 1
            }
            // Issues that were merged may have more than one may have.
            let kept = values.prefix(max(0, Int(TagBounds.valuesOfKey - (known ?? 0))))
            let otherCount = values.dropFirst(kept.count).reduce(0) { $0 + $1.seen.count }
            try insert(Array(kept), otherCount: otherCount, of: key)
        }
        return keyCount
    }

    /// Adds to the values that are known and returns the others, by key in the order in which they came.
    private mutating func unknownValues(in tally: TagTally) throws -> [(key: String, values: [TagValue])] {
        var unknown: [(key: String, values: [TagValue])] = []
        var places: [String: Int] = [:]
        for (tag, seen) in tally.entries where try !update(tag, by: seen) {
            let place = places[tag.key, default: unknown.count]
            if place == unknown.count {
                places[tag.key] = place
                unknown.append((tag.key, []))
            }
            unknown[place].values.append((tag.value, seen))
        }
        return unknown
    }
}
