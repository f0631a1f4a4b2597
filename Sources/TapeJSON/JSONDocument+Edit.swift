// Changing a document: nodes are relinked, new text goes behind the old.

extension JSONDocument {
    // MARK: New values, not yet part of the tree

    /// Makes a string value to be put somewhere.
    public mutating func makeString(_ text: String) -> JSONNode {
        let (start, length, isEscaped) = store(text)
        var slot = Slot(kind: .string)
        slot.start = start
        slot.length = length
        slot.isEscaped = isEscaped
        return add(slot)
    }

    /// Makes an integer value to be put somewhere.
    public mutating func makeNumber(_ value: some BinaryInteger) -> JSONNode {
        makeNumber(text: String(value))
    }

    /// Makes a number value to be put somewhere; `null` when it is not finite.
    public mutating func makeNumber(_ value: Double) -> JSONNode {
        guard value.isFinite else { return makeNull() }
        return makeNumber(text: "\(value)")
    }

    /// Makes a number of so many units and millionths, neither of them negative, to be put somewhere.
    ///
    /// It is written as the nearest `Double` would be, at a fraction of the cost: `5.0`, `5.25`.
    public mutating func makeNumber(_ units: Int64, millionths: Int64) -> JSONNode {
        precondition(
            units >= 0 && (0..<1_000_000).contains(millionths), "the parts of a number are not negative")
        let start = bytes.count
        appendDigits(of: units, atLeast: 1)
        bytes.append(UInt8(ascii: "."))
        let firstDigit = bytes.count
        appendDigits(of: millionths, atLeast: 6)
        while bytes.count > firstDigit + 1, bytes.last == UInt8(ascii: "0") { bytes.removeLast() }
        var slot = Slot(kind: .number)
        slot.start = UInt32(start)
        slot.length = UInt32(bytes.count - start)
        return add(slot)
    }

    /// Makes a truth value to be put somewhere.
    public mutating func makeBool(_ value: Bool) -> JSONNode {
        var slot = Slot(kind: .bool)
        slot.start = value ? 1 : 0
        return add(slot)
    }

    /// Makes a `null` to be put somewhere.
    public mutating func makeNull() -> JSONNode {
        add(Slot(kind: .null))
    }

    /// Makes an empty object to be put somewhere.
    public mutating func makeObject() -> JSONNode {
        add(Slot(kind: .object))
    }

    /// Makes an array of the given values, which must not stand anywhere else.
    public mutating func makeArray(_ elements: [JSONNode] = []) -> JSONNode {
        let array = add(Slot(kind: .array))
        for element in elements.reversed() { prepend(element, to: array) }
        return array
    }

    // MARK: Members and elements

    /// Puts a value under a key, in the place of the one that stands there if there is one.
    ///
    /// The value must be a new one or have been removed from its old place.
    public mutating func set(_ key: JSONKey, of object: JSONNode, to value: JSONNode) {
        let old = member(key, of: object)
        if let old {
            takeKey(of: old, for: value)
            replace(old, of: object, with: value)
        } else {
            key.text.withUTF8Buffer { setKey(utf8: $0, mark: key.mark, of: value) }
            append(value, to: object)
        }
    }

    /// Puts a value under a key that only the program's input knows, as ``set(_:of:to:)`` does.
    public mutating func set(named key: String, of object: JSONNode, to value: JSONNode) {
        setKey(key, of: value)
        if let old = member(named: key, of: object) {
            replace(old, of: object, with: value)
        } else {
            append(value, to: object)
        }
    }

    /// Adds an element, or a member whose key is set already, at the end.
    public mutating func append(_ value: JSONNode, to container: JSONNode) {
        guard let first = firstChild(of: container) else { return prepend(value, to: container) }
        let last = JSONNode(self[first].previous)
        self[last].next = value.index
        self[value].previous = last.index
        self[value].next = 0
        self[first].previous = value.index
        self[container].length += 1
    }

    /// Takes the member under this key out of an object, and any duplicates of it.
    ///
    /// - Returns: the member, which may be put somewhere else; nil when there is none.
    @discardableResult
    public mutating func remove(_ key: JSONKey, of object: JSONNode) -> JSONNode? {
        guard let node = member(key, of: object) else { return nil }
        var candidate: JSONNode? = node
        while let duplicate = candidate {
            let next = sibling(after: duplicate)
            remove(duplicate, of: object)
            candidate = next.flatMap { first(from: $0.index, under: key) }
        }
        return node
    }

    /// Takes a member or element out of its container.
    public mutating func remove(_ node: JSONNode, of container: JSONNode) {
        let (previous, next) = (self[node].previous, self[node].next)
        if self[container].start == node.index {
            self[container].start = next
        } else {
            precondition(slots[Int(previous)].next == node.index, "the node is not a child of this container")
            slots[Int(previous)].next = next
        }
        // The youngest sibling's successor, so to say, is the eldest: it knows who is the last.
        let knower = next == 0 ? self[container].start : next
        if knower != 0 { slots[Int(knower)].previous = previous }
        self[container].length -= 1
        self[node].next = 0
    }

    /// Takes out every member or element for which `isUnwanted` says so.
    public mutating func removeChildren(
        of container: JSONNode, where isUnwanted: (JSONDocument, JSONNode) -> Bool
    ) {
        var candidate = firstChild(of: container)
        while let node = candidate {
            candidate = sibling(after: node)
            if isUnwanted(self, node) { remove(node, of: container) }
        }
    }

    /// Gives a node another key; it matters only once the node is a member of an object.
    public mutating func setKey(_ key: String, of node: JSONNode) {
        var key = key
        key.withUTF8 { setKey(utf8: $0, mark: JSONKey.mark($0.span, 0, $0.count), of: node) }
    }

    // MARK: Changing a value where it stands

    /// Turns a node into a string, keeping its key and place.
    public mutating func setString(_ text: String, at node: JSONNode) {
        let (start, length, isEscaped) = store(text)
        self[node].kind = .string
        self[node].start = start
        self[node].length = length
        self[node].isEscaped = isEscaped
    }

    /// Turns a node into what another node holds, keeping its own key and place.
    ///
    /// The other must not be used again.
    public mutating func setValue(of node: JSONNode, from other: JSONNode) {
        let source = self[other]
        self[node].kind = source.kind
        self[node].start = source.start
        self[node].length = source.length
        self[node].isEscaped = source.isEscaped
    }

    // MARK: Links

    /// Appends a number that is not negative, with leading zeros if it has fewer digits than that.
    private mutating func appendDigits(of number: Int64, atLeast minimum: Int) {
        var power: Int64 = 1
        for _ in 1..<minimum { power *= 10 }
        while number / power >= 10 { power *= 10 }
        while power > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(number / power % 10))
            power /= 10
        }
    }

    private mutating func makeNumber(text: String) -> JSONNode {
        let (start, length, _) = store(text)
        var slot = Slot(kind: .number)
        slot.start = start
        slot.length = length
        return add(slot)
    }

    private mutating func add(_ slot: Slot) -> JSONNode {
        slots.append(slot)
        return JSONNode(slots.count - 1)
    }

    private mutating func prepend(_ value: JSONNode, to container: JSONNode) {
        if let first = firstChild(of: container) {
            self[value].previous = self[first].previous
            self[first].previous = value.index
        } else {
            self[value].previous = value.index
        }
        self[value].next = self[container].start
        self[container].start = value.index
        self[container].length += 1
    }

    private mutating func replace(_ old: JSONNode, of container: JSONNode, with new: JSONNode) {
        guard old != new else { return }
        let next = sibling(after: old)
        remove(old, of: container)
        if let next { insert(new, before: next, of: container) } else { append(new, to: container) }
    }

    private mutating func insert(_ value: JSONNode, before next: JSONNode, of container: JSONNode) {
        guard self[container].start != next.index else { return prepend(value, to: container) }
        let previous = self[next].previous
        slots[Int(previous)].next = value.index
        self[value].previous = previous
        self[value].next = next.index
        self[next].previous = value.index
        self[container].length += 1
    }

    // MARK: Text

    private mutating func setKey(utf8: UnsafeBufferPointer<UInt8>, mark: UInt32, of node: JSONNode) {
        let (start, length, isEscaped) = store(utf8)
        self[node].keyStart = start
        self[node].keyLength = length
        self[node].keyMark = mark
        self[node].isKeyEscaped = isEscaped
    }

    private mutating func takeKey(of node: JSONNode, for other: JSONNode) {
        let source = self[node]
        self[other].keyStart = source.keyStart
        self[other].keyLength = source.keyLength
        self[other].keyMark = source.keyMark
        self[other].isKeyEscaped = source.isKeyEscaped
    }

    private mutating func store(_ text: String) -> (start: UInt32, length: UInt32, isEscaped: Bool) {
        var text = text
        return text.withUTF8 { store($0) }
    }

    /// Appends a text in raw JSON form and says where it stands.
    private mutating func store(
        _ utf8: UnsafeBufferPointer<UInt8>
    ) -> (start: UInt32, length: UInt32, isEscaped: Bool) {
        let start = bytes.count
        let isEscaped = JSONText.needsEscaping(utf8.span)
        if isEscaped {
            JSONText.appendEscaped(utf8, to: &bytes)
        } else {
            bytes.append(contentsOf: utf8)
        }
        return (UInt32(start), UInt32(bytes.count - start), isEscaped)
    }

    /// Replaces invalid UTF-8 and lone surrogates in a string or key by U+FFFD.
    mutating func repair(_ damage: Parser.Damage) {
        let node = JSONNode(damage.slot)
        if repairedNodes.last != node { repairedNodes.append(node) }
        if damage.isKey {
            setKey(key(node), of: node)
        } else if let text = string(node) {
            setString(text, at: node)
        }
    }
}
