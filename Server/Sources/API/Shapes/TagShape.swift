// How the API shows the values that a tag takes within an issue.

import Model

/// A tag's distribution, short and in full.
struct TagShape {
    let facet: TagFacet

    var summary: JSONValue {
        [
            "key": .string(facet.key), "name": .string(facet.key), "totalValues": .integer(facet.total),
            "uniqueValues": .integer(facet.valueCount),
        ]
    }

    var json: JSONValue {
        summary.adding(["topValues": .array(facet.values.map(value))])
    }

    private func value(_ count: TagCount) -> JSONValue {
        [
            "key": .string(facet.key), "name": .string(count.value), "value": .string(count.value),
            "count": .integer(count.count), "firstSeen": JSONValue(count.firstSeen),
            "lastSeen": JSONValue(count.lastSeen),
        ]
    }
}
