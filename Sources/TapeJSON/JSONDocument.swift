// A JSON text read in one pass into a flat tape that can be searched, edited and written out again.

/// A JSON text as a flat tape of nodes over its own bytes.
///
/// Reading allocates nothing per value: strings and numbers stay where they are in ``bytes`` until someone asks for
/// them. Editing relinks nodes and appends new bytes at the end, and writing copies what was not edited. That makes
/// it the working form of an event between the wire and the store.
///
/// ```swift
/// var document = try JSONDocument(parsing: Array(#"{"level":"warn"}"#.utf8))
/// if let level = document["level"], document.string(level) == "warn" {
///     document.set("level", of: document.root, to: document.makeString("warning"))
/// }
/// ```
///
/// The grammar is RFC 8259, strictly, with two mercies inside strings, which real SDKs need: invalid UTF-8 and lone
/// surrogates become U+FFFD, and ``repairedNodes`` says where. Of duplicate keys the first counts.
public struct JSONDocument: Sendable {
    /// How deep containers may nest.
    public static let maximumDepth = 256
    /// How deep the containers of real events nest at most; deeper ones cost an allocation.
    static let usualDepth = 16

    /// How long a text may be, so that its repaired strings too can be addressed by 32 bits.
    public static let maximumByteCount = 1 << 29

    /// The source text, followed by whatever edits have added.
    public internal(set) var bytes: [UInt8]

    /// The nodes whose string or key was repaired while reading.
    public internal(set) var repairedNodes: [JSONNode] = []

    @usableFromInline var slots: [Slot]

    /// Reads a JSON text.
    ///
    /// Who wraps or nests what was read should allow less depth than the default, so that the result reads again.
    ///
    /// - Throws: ``JSONError`` when the text is not one JSON value, or its containers nest deeper than allowed.
    public init(parsing bytes: [UInt8], maximumDepth: Int = Self.maximumDepth) throws(JSONError) {
        guard bytes.count <= Self.maximumByteCount else { throw .tooLarge }
        // Real events have a value for every 13 to 30 bytes.
        slots = Array(repeating: Slot(kind: .null), count: min(bytes.count / 16 + 8, 1 << 16))
        var parser = Parser(bytes.span, maximumDepth: min(maximumDepth, Self.maximumDepth))
        while try !Self.run(&parser, bytes, &slots) {
            slots.append(contentsOf: repeatElement(Slot(kind: .null), count: slots.count))
        }
        slots.removeLast(slots.count - parser.count)
        self.bytes = bytes
        for place in parser.damaged { repair(place) }
    }

    /// Makes an empty object, to be filled.
    public init() {
        bytes = []
        slots = [Slot(kind: .object)]
    }

    private static func run(
        _ parser: inout Parser, _ bytes: [UInt8], _ slots: inout [Slot]
    ) throws(JSONError) -> Bool {
        var tape = slots.mutableSpan
        return try parser.run(bytes.span, &tape)
    }

    /// The outermost value.
    public var root: JSONNode { JSONNode(0) }

    /// How many values the document has, counting the ones that edits have put aside.
    public var nodeCount: Int { slots.count }

    // MARK: Looking at one node

    /// What the node holds.
    @inlinable
    public func kind(_ node: JSONNode) -> JSONKind {
        self[node].kind
    }

    /// The text of a string node; nil for any other kind.
    public func string(_ node: JSONNode) -> String? {
        let slot = self[node]
        guard slot.kind == .string else { return nil }
        return text(start: slot.start, length: slot.length, isEscaped: slot.isEscaped)
    }

    /// The truth of a boolean node; nil for any other kind.
    public func bool(_ node: JSONNode) -> Bool? {
        let slot = self[node]
        return slot.kind == .bool ? slot.start == 1 : nil
    }

    /// The value of a number node; nil for any other kind and for numbers beyond what a `Double` holds.
    public func double(_ node: JSONNode) -> Double? {
        guard let digits = numberText(node), let value = Double(digits), value.isFinite else { return nil }
        return value
    }

    /// The value of a number node written without fraction or exponent; nil for any other, and out of range.
    public func integer(_ node: JSONNode) -> Int64? {
        let slot = self[node]
        guard slot.kind == .number else { return nil }
        return bytes.span.integer(start: Int(slot.start), count: Int(slot.length))
    }

    /// The digits of a number node exactly as they were written; nil for any other kind.
    public func numberText(_ node: JSONNode) -> String? {
        let slot = self[node]
        guard slot.kind == .number else { return nil }
        return text(start: slot.start, length: slot.length, isEscaped: false)
    }

    /// The key under which the node stands in its object; empty for elements and the root.
    public func key(_ node: JSONNode) -> String {
        let slot = self[node]
        return text(start: slot.keyStart, length: slot.keyLength, isEscaped: slot.isKeyEscaped)
    }

    /// Whether the node is a string with just this text; compares without making a `String`.
    public func isString(_ node: JSONNode, _ literal: StaticString) -> Bool {
        let slot = self[node]
        guard slot.kind == .string else { return false }
        return literal.withUTF8Buffer {
            isEqual(start: slot.start, length: slot.length, isEscaped: slot.isEscaped, $0.span)
        }
    }

    /// Whether two nodes are strings that are written alike, so that they have the same text.
    ///
    /// Strings of which one has escapes that the other writes out are not.
    public func isWrittenAlike(_ node: JSONNode, _ other: JSONNode) -> Bool {
        let (one, two) = (self[node], self[other])
        guard one.kind == .string, two.kind == .string, one.length == two.length else { return false }
        let length = Int(one.length)
        return JSONText.isEqual(
            bytes.span.extracting(Int(one.start)..<Int(one.start) + length),
            bytes.span.extracting(Int(two.start)..<Int(two.start) + length))
    }

    /// Whether the node stands under this key; compares without making a `String`.
    @inlinable
    public func hasKey(_ node: JSONNode, _ key: JSONKey) -> Bool {
        self[node].keyMark == key.mark && isKey(key, of: self[node])
    }

    /// The index of the key under which the node stands; nil when the table does not have it.
    public func index(ofKeyOf node: JSONNode, in table: borrowing JSONKeyTable) -> Int? {
        let slot = self[node]
        return table.index(ofMark: slot.keyMark) { isKey($0, of: slot) }
    }

    /// Bytes that a string takes in its raw JSON form, an upper bound of its UTF-8 length; 0 for any other kind.
    @inlinable
    public func rawLength(_ node: JSONNode) -> Int {
        let slot = self[node]
        return slot.kind == .string ? Int(slot.length) : 0
    }

    /// Bytes that the node's key takes in its raw JSON form; 0 for elements and the root.
    @inlinable
    public func keyLength(_ node: JSONNode) -> Int {
        Int(self[node].keyLength)
    }

    /// Calls `body` with the UTF-8 of a string node, without a copy unless it holds escapes.
    ///
    /// - Returns: what `body` returns, or nil when the node is no string.
    @inlinable
    public func withText<Result>(_ node: JSONNode, _ body: (Span<UInt8>) -> Result) -> Result? {
        let slot = self[node]
        guard slot.kind == .string else { return nil }
        if slot.isEscaped { return body(unescaped(start: slot.start, length: slot.length).span) }
        return body(bytes.span.extracting(Int(slot.start)..<Int(slot.start + slot.length)))
    }

    /// Calls `body` with the UTF-8 of the key under which the node stands, without a copy unless it holds escapes.
    ///
    /// - Returns: what `body` returns; it is given nothing for elements and the root.
    public func withKey<Result>(_ node: JSONNode, _ body: (Span<UInt8>) -> Result) -> Result {
        let slot = self[node]
        if slot.isKeyEscaped { return body(unescaped(start: slot.keyStart, length: slot.keyLength).span) }
        return body(bytes.span.extracting(Int(slot.keyStart)..<Int(slot.keyStart + slot.keyLength)))
    }

    // MARK: Going down and along

    /// The number of members or elements; 0 for anything but a container.
    @inlinable
    public func count(_ node: JSONNode) -> Int {
        let slot = self[node]
        return slot.kind == .array || slot.kind == .object ? Int(slot.length) : 0
    }

    /// The first member or element; nil when there is none.
    @inlinable
    public func firstChild(of node: JSONNode) -> JSONNode? {
        let slot = self[node]
        guard slot.kind == .array || slot.kind == .object, slot.start != 0 else { return nil }
        return JSONNode(slot.start)
    }

    /// The member or element after this one; nil after the last.
    @inlinable
    public func sibling(after node: JSONNode) -> JSONNode? {
        let next = self[node].next
        return next == 0 ? nil : JSONNode(next)
    }

    /// The members or elements in order; empty for anything but a container.
    ///
    /// They are those of this moment: edits during a loop do not show in it, and the first one copies the tape. To
    /// edit many places without a copy, go by ``firstChild(of:)`` and ``sibling(after:)``.
    @inlinable
    public func children(of node: JSONNode) -> JSONChildren {
        JSONChildren(slots: slots, upcoming: firstChild(of: node)?.index ?? 0, count: count(node))
    }

    /// The member of the root object under this key.
    @inlinable @inline(__always)
    public subscript(key: JSONKey) -> JSONNode? {
        member(key, of: root)
    }

    /// The member of an object under this key; nil when there is none or the node is no object.
    public func member(_ key: JSONKey, of node: JSONNode) -> JSONNode? {
        guard kind(node) == .object else { return nil }
        return first(from: self[node].start, under: key)
    }

    /// The first member of an object that stands under the key of an elder one; nil when all keys differ.
    public func repeatedMember(of object: JSONNode) -> JSONNode? {
        var marks: Set<UInt32> = []
        guard !children(of: object).allSatisfy({ marks.insert(self[$0].keyMark).inserted }) else {
            return nil
        }
        var keys: Set<String> = []
        return children(of: object).first { !keys.insert(key($0)).inserted }
    }

    /// The member of an object under this key; nil when there is none or the node is no object.
    public func member(named key: String, of node: JSONNode) -> JSONNode? {
        guard kind(node) == .object else { return nil }
        var key = key
        return key.withUTF8 { key in
            let mark = JSONKey.mark(key.span, 0, key.count)
            var index = self[node].start
            while index != 0 {
                let slot = slots[Int(index)]
                if slot.keyMark == mark, isKey(key.span, of: slot) { return JSONNode(index) }
                index = slot.next
            }
            return nil
        }
    }

    /// The first of a node and its younger siblings that stands under this key; none are at index 0.
    func first(from start: UInt32, under key: JSONKey) -> JSONNode? {
        let slots = slots.span
        var index = start
        while index != 0 {
            if slots[Int(index)].keyMark == key.mark, isKey(key, of: slots[Int(index)]) {
                return JSONNode(index)
            }
            index = slots[Int(index)].next
        }
        return nil
    }

    @usableFromInline
    func isKey(_ key: JSONKey, of slot: Slot) -> Bool {
        guard slot.keyMark == key.mark else { return false }
        let (start, count) = (Int(slot.keyStart), key.count)
        if count <= 8, !slot.isKeyEscaped, start &+ 8 <= bytes.count {
            guard Int(slot.keyLength) == count else { return false }
            // The condition is the bounds check of these eight bytes.
            let word = bytes.span.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: start, as: UInt64.self)
            return (UInt64(littleEndian: word) ^ key.head) &<< UInt64(64 &- 8 &* count) == 0 || count == 0
        }
        return key.text.withUTF8Buffer { isKey($0.span, of: slot) }
    }

    private func isKey(_ key: Span<UInt8>, of slot: Slot) -> Bool {
        isEqual(start: slot.keyStart, length: slot.keyLength, isEscaped: slot.isKeyEscaped, key)
    }

    // MARK: Text

    @usableFromInline
    subscript(node: JSONNode) -> Slot {
        @inlinable get { slots[Int(node.index)] }
        set { slots[Int(node.index)] = newValue }
    }

    private func text(start: UInt32, length: UInt32, isEscaped: Bool) -> String {
        if isEscaped { return String(decoding: unescaped(start: start, length: length), as: UTF8.self) }
        return String(decoding: bytes[Int(start)..<Int(start + length)], as: UTF8.self)
    }

    @usableFromInline
    func unescaped(start: UInt32, length: UInt32) -> [UInt8] {
        JSONText.unescape(bytes.span.extracting(Int(start)..<Int(start + length)))
    }

    @inline(__always)
    private func isEqual(start: UInt32, length: UInt32, isEscaped: Bool, _ text: Span<UInt8>) -> Bool {
        if !isEscaped && Int(length) != text.count { return false }
        let raw = bytes.span.extracting(Int(start)..<Int(start) + Int(length))
        return isEscaped ? JSONText.isEscape(raw, of: text) : JSONText.isEqual(raw, text)
    }
}

/// The members or elements of a container, in order.
public struct JSONChildren: Sequence, IteratorProtocol {
    @usableFromInline let slots: [Slot]
    @usableFromInline var upcoming: UInt32

    @usableFromInline var count: Int

    @inlinable
    init(slots: [Slot], upcoming: UInt32, count: Int) {
        self.slots = slots
        self.upcoming = upcoming
        self.count = count
    }

    /// How many members or elements are still to come.
    @inlinable
    public var underestimatedCount: Int { count }

    /// The next member or element.
    @inlinable
    public mutating func next() -> JSONNode? {
        guard upcoming != 0 else { return nil }
        let node = JSONNode(upcoming)
        upcoming = slots[Int(upcoming)].next
        count -= 1
        return node
    }
}

extension Span<UInt8> {
    /// Reads `-?[0-9]+` as a 64-bit integer; nil for any other text and beyond the range.
    func integer(start: Int, count: Int) -> Int64? {
        var index = start
        let end = start + count
        let isNegative = count > 0 && self[start] == UInt8(ascii: "-")
        if isNegative { index += 1 }
        guard index < end else { return nil }
        var value: Int64 = 0
        while index < end {
            let digit = self[index] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            let (scaled, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = scaled.subtractingReportingOverflow(Int64(digit))
            guard !overflow, !carry else { return nil }
            value = sum
            index += 1
        }
        if isNegative { return value }
        return value == .min ? nil : -value
    }
}
