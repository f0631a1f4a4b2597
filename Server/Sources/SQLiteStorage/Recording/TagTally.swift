// How often the tags of one issue were seen, counted in memory.

import Model

/// Tags in the order in which they first came, each with its count.
struct TagTally {
    private(set) var entries: [(tag: Tag, seen: SeenCount)] = []
    /// Where each tag stands, once they are many.
    private var places: [Tag: Int] = [:]

    /// Up to so many tags, looking through them takes no longer than hashing one.
    private static let few = 48

    /// Adds the tags of one event.
    mutating func add(_ tags: [Tag], at moment: Int64) {
        let seen = SeenCount(at: moment)
        for (index, tag) in tags.enumerated() { add(tag, seen, near: index) }
    }

    /// Adds a tag that may stand at the given place.
    ///
    /// Events of one issue mostly carry the same tags in the same order, and then none needs to be looked for.
    mutating func add(_ tag: Tag, _ seen: SeenCount, near guess: Int) {
        if guess < entries.count, entries[guess].tag == tag {
            entries[guess].seen.add(seen)
        } else if let place = place(of: tag) {
            entries[place].seen.add(seen)
        } else {
            if entries.count >= Self.few { places[tag] = entries.count }
            entries.append((tag, seen))
        }
    }

    private mutating func place(of tag: Tag) -> Int? {
        guard entries.count >= Self.few else { return entries.firstIndex { $0.tag == tag } }
        if places.isEmpty {
            for (place, entry) in entries.enumerated() { places[entry.tag] = place }
        }
        return places[tag]
    }
}

/// How often something was seen, and when first and last.
struct SeenCount: Equatable {
    private(set) var count: Int64
    /// Microseconds.
    private(set) var first: Int64
    /// Microseconds.
    private(set) var last: Int64

    init(_ count: Int64, first: Int64, last: Int64) {
        self.count = count
        self.first = first
        self.last = last
    }

    /// Seen once.
    init(at moment: Int64) {
        self.init(1, first: moment, last: moment)
    }

    mutating func add(_ other: SeenCount) {
        count += other.count
        first = min(first, other.first)
        last = max(last, other.last)
    }
}
