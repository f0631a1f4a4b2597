// Writing a document out again; what was not edited is copied.

extension JSONDocument {
    /// What is done with blanks between two tokens of the source.
    public enum Blanks: Sendable {
        /// The text comes out compact.
        case dropped
        /// A blank between tokens that still follow each other stays, which lets them be copied together.
        case kept
    }

    /// The JSON text of a node.
    public func serialized(_ node: JSONNode, blanks: Blanks = .dropped) -> [UInt8] {
        var out: [UInt8] = []
        if node == root { out.reserveCapacity(bytes.count) }
        write(node, to: &out, blanks: blanks)
        return out
    }

    /// Appends the JSON text of a node.
    public func write(_ node: JSONNode, to out: inout [UInt8], blanks: Blanks = .dropped) {
        let source = bytes.span
        let slots = slots.span
        var run = CopyRun(blanks)
        var open: [UInt32] = []
        open.reserveCapacity(Self.usualDepth)
        var index = node.index
        while true {
            let slot = slots[Int(index)]
            run.append(head: slot, from: source, to: &out)
            if (slot.kind == .array || slot.kind == .object) && slot.start != 0 {
                open.append(index)
                index = slot.start
                if slot.kind == .object { run.append(keyOf: slots[Int(index)], from: source, to: &out) }
                continue
            }
            // Close what ends here, then go on with the next sibling of whatever is still open.
            while true {
                guard let container = open.last else { return run.flush(from: source, to: &out) }
                let isObject = slots[Int(container)].kind == .object
                let next = slots[Int(index)].next
                if next != 0 {
                    run.append(UInt8(ascii: ","), from: source, to: &out)
                    index = next
                    if isObject { run.append(keyOf: slots[Int(index)], from: source, to: &out) }
                    break
                }
                run.append(isObject ? UInt8(ascii: "}") : UInt8(ascii: "]"), from: source, to: &out)
                index = container
                open.removeLast()
            }
        }
    }
}

/// A stretch of the source that is to be written and not yet copied.
///
/// Whatever comes next is tried as the continuation of the stretch. In a text that was not edited that always
/// succeeds, and the whole is copied at once.
private struct CopyRun {
    private let blanks: JSONDocument.Blanks
    private var start = 0
    private var end = 0

    init(_ blanks: JSONDocument.Blanks) {
        self.blanks = blanks
    }

    @inline(__always)
    mutating func append(_ byte: UInt8, from source: Span<UInt8>, to out: inout [UInt8]) {
        if end < source.count {
            if source[end] == byte {
                end &+= 1
                return
            }
            if source[end] == UInt8(ascii: " "), end &+ 1 < source.count, source[end &+ 1] == byte {
                if blanks == .dropped {
                    flush(from: source, to: &out)
                    start = end &+ 1
                }
                end &+= 2
                return
            }
        }
        flush(from: source, to: &out)
        out.append(byte)
    }

    @inline(__always)
    mutating func append(_ first: UInt32, _ length: UInt32, from source: Span<UInt8>, to out: inout [UInt8]) {
        if Int(first) != end {
            flush(from: source, to: &out)
            start = Int(first)
            end = start
        }
        end &+= Int(length)
    }

    /// Appends a scalar or an empty container whole, the opening bracket of any other.
    @inline(__always)
    mutating func append(head slot: Slot, from source: Span<UInt8>, to out: inout [UInt8]) {
        switch slot.kind {
        case .null: append("null", from: source, to: &out)
        case .bool: append(slot.start == 1 ? "true" : "false", from: source, to: &out)
        case .number: append(number: slot.start, slot.length, from: source, to: &out)
        case .string: append(quoted: slot.start, slot.length, from: source, to: &out)
        case .array: append(slot.start == 0 ? "[]" : "[", from: source, to: &out)
        case .object: append(slot.start == 0 ? "{}" : "{", from: source, to: &out)
        }
    }

    @inline(__always)
    mutating func append(keyOf slot: Slot, from source: Span<UInt8>, to out: inout [UInt8]) {
        append(quoted: slot.keyStart, slot.keyLength, from: source, to: &out)
        append(UInt8(ascii: ":"), from: source, to: &out)
    }

    @inline(__always)
    private mutating func append(
        quoted first: UInt32, _ length: UInt32, from source: Span<UInt8>, to out: inout [UInt8]
    ) {
        append(UInt8(ascii: "\""), from: source, to: &out)
        append(first, length, from: source, to: &out)
        append(UInt8(ascii: "\""), from: source, to: &out)
    }

    /// A number has no mark in front, so that a blank there shows only by its place.
    @inline(__always)
    private mutating func append(
        number first: UInt32, _ length: UInt32, from source: Span<UInt8>, to out: inout [UInt8]
    ) {
        if blanks == .kept, Int(first) == end &+ 1, source[end] == UInt8(ascii: " ") { end &+= 1 }
        append(first, length, from: source, to: &out)
    }

    /// A blank of the source may stand in front of a word, but never in it.
    @inline(__always)
    private mutating func append(_ word: StaticString, from source: Span<UInt8>, to out: inout [UInt8]) {
        append(word.withUTF8Buffer { $0[0] }, from: source, to: &out)
        for offset in 1..<max(word.utf8CodeUnitCount, 1) {
            let byte = word.withUTF8Buffer { $0[offset] }
            if end < source.count, source[end] == byte {
                end &+= 1
            } else {
                flush(from: source, to: &out)
                out.append(byte)
            }
        }
    }

    mutating func flush(from source: Span<UInt8>, to out: inout [UInt8]) {
        guard end > start else { return }
        source.extracting(start..<end).withUnsafeBufferPointer { out.append(contentsOf: $0) }
        start = end
    }
}
