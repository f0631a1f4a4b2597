// A queue that keeps only its newest elements.

/// The newest elements of a sequence; appending to a full one pushes the oldest out.
struct Ring<Element: Sendable>: Sendable {
    private var slots: [Element?] = []
    /// Where the oldest element stands.
    private var start = 0
    private(set) var count = 0

    /// The elements, oldest first.
    var elements: [Element] {
        (0..<count).compactMap { slots[(start + $0) % slots.count] }
    }

    /// The oldest element.
    var first: Element? {
        count > 0 ? slots[start] : nil
    }

    /// The newest element that fulfils a condition.
    func last(where condition: (Element) -> Bool) -> Element? {
        for offset in (0..<count).reversed() {
            if let element = slots[(start + offset) % slots.count], condition(element) { return element }
        }
        return nil
    }

    /// Adds the newest element; beyond `limit`, which must be positive, the oldest goes.
    mutating func append(_ element: Element, limit: Int) {
        while count >= limit { removeFirst() }
        if count == slots.count { grow() }
        slots[(start + count) % slots.count] = element
        count += 1
    }

    /// Takes the oldest element out; nil when there is none.
    @discardableResult
    mutating func removeFirst() -> Element? {
        guard count > 0 else { return nil }
        let element = slots[start]
        slots[start] = nil
        start = (start + 1) % slots.count
        count -= 1
        return element
    }

    private mutating func grow() {
        slots = elements + [Element?](repeating: nil, count: Swift.max(8, count))
        start = 0
    }
}
