// Several keys, of which the one that a member stands under is found at once.

/// Keys in order, found by their marks.
///
/// ```swift
/// let fields = JSONKeyTable(["level", "message"])
/// document.index(ofKeyOf: node, in: fields)  // 1 for a node under "message"
/// ```
public struct JSONKeyTable: Sendable {
    /// How many keys a table may have.
    public static let maximumCount = 127

    let keys: [JSONKey]
    /// For each place that a mark may lead to, the number of the key that stands there, from 1; 0 for none.
    private var places: [UInt8]

    /// Takes at most ``maximumCount`` different keys.
    public init(_ keys: [JSONKey]) {
        precondition(
            keys.count <= Self.maximumCount, "a table of keys has at most \(Self.maximumCount) of them")
        self.keys = keys
        // With one place in four taken, most keys stand where their mark leads, and most others find nobody there.
        places = Array(repeating: 0, count: Self.powerOfTwo(from: 4 * keys.count))
        for (index, key) in keys.enumerated() {
            var place = place(of: key.mark)
            while places[place] != 0 { place = self.place(after: place) }
            places[place] = UInt8(index + 1)
        }
    }

    /// The first index whose key has this mark and `isSame` says is the one.
    @inline(__always)
    func index(ofMark mark: UInt32, where isSame: (JSONKey) -> Bool) -> Int? {
        var place = place(of: mark)
        while places[place] != 0 {
            let index = Int(places[place]) - 1
            if isSame(keys[index]) { return index }
            place = self.place(after: place)
        }
        return nil
    }

    @inline(__always)
    private func place(of mark: UInt32) -> Int {
        Int(mark) & (places.count - 1)
    }

    @inline(__always)
    private func place(after place: Int) -> Int {
        (place + 1) & (places.count - 1)
    }

    private static func powerOfTwo(from minimum: Int) -> Int {
        var power = 1
        while power <= minimum { power *= 2 }
        return power
    }
}
