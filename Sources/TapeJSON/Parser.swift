// The one pass over the bytes: a flat loop, no recursion, nothing allocated per value.

/// Reads a JSON text onto a tape of slots.
///
/// The tape is a span, since an array would ask at every change whether it is shared. When it is full, ``run``
/// returns and may be called again with a longer one.
///
/// Indices stay plain locals that are handed to inlined functions and returned: a local function that captured them
/// would make them a heap box and the loop eight times slower.
struct Parser {
    /// A string that has to be repaired, since it holds invalid UTF-8 or a lone surrogate.
    struct Damage {
        var slot: Int
        var isKey: Bool
    }

    private struct Key {
        var start: UInt32 = 0
        var length: UInt32 = 0
        var isEscaped = false
        var isDamaged = false
    }

    /// An open container and what has been read of it.
    private struct Open {
        var container: UInt32
        var isObject: Bool
        var first: UInt32 = 0
        var last: UInt32 = 0
        var count: UInt32 = 0
    }

    /// How many slots of the tape are used.
    private(set) var count = 0
    private(set) var damaged: [Damage] = []
    /// The innermost container; nil outside of all.
    private var innermost: Open?
    /// The containers around the innermost one.
    private var outer: [Open] = []
    private var key = Key()
    private var index: Int
    private let maximumDepth: Int

    /// Begins at the first value of a text.
    init(_ text: Span<UInt8>, maximumDepth: Int) {
        self.maximumDepth = maximumDepth
        index = Self.skipBlanks(text, 0)
        outer.reserveCapacity(JSONDocument.usualDepth)
    }

    /// Reads on to the end of the text, or until the tape is full.
    ///
    /// - Returns: whether the end was reached.
    mutating func run(_ text: Span<UInt8>, _ tape: inout MutableSpan<Slot>) throws(JSONError) -> Bool {
        while count < tape.count {
            if try readValue(text, &tape) { continue }
            if try readSeparators(text, &tape) { continue }
            guard index == text.count else { throw .unexpectedByte(offset: index) }
            return true
        }
        return false
    }

    /// Reads a scalar or an empty container whole, or the beginning of another container up to its first value.
    ///
    /// - Returns: whether another value must follow at once.
    @inline(__always)
    private mutating func readValue(
        _ text: Span<UInt8>, _ tape: inout MutableSpan<Slot>
    ) throws(JSONError) -> Bool {
        guard index < text.count else { throw .unexpectedEnd }
        let start = index
        switch text[start] {
        case UInt8(ascii: "\""):
            let string = try Self.scanString(text, start + 1)
            if string.isDamaged { damaged.append(Damage(slot: count, isKey: false)) }
            append(.string, start + 1, string.end - start - 1, isEscaped: string.isEscaped, &tape)
            index = string.end + 1
        case UInt8(ascii: "{"):
            return try enter(.object, text, &tape)
        case UInt8(ascii: "["):
            return try enter(.array, text, &tape)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            index = try Self.scanNumber(text, start)
            append(.number, start, index - start, &tape)
        case UInt8(ascii: "t"):
            index = try Self.scanWord("true", text, start)
            append(.bool, 1, 0, &tape)
        case UInt8(ascii: "f"):
            index = try Self.scanWord("false", text, start)
            append(.bool, 0, 0, &tape)
        case UInt8(ascii: "n"):
            index = try Self.scanWord("null", text, start)
            append(.null, 0, 0, &tape)
        default:
            throw .unexpectedByte(offset: start)
        }
        return false
    }

    /// Reads what stands between a value and the next one, with all the containers that end there.
    ///
    /// - Returns: whether another value must follow; false at the end of the outermost one.
    @inline(__always)
    private mutating func readSeparators(
        _ text: Span<UInt8>, _ tape: inout MutableSpan<Slot>
    ) throws(JSONError) -> Bool {
        while true {
            index = Self.skipBlanks(text, index)
            guard let open = innermost else { return false }
            guard index < text.count else { throw .unexpectedEnd }
            let byte = text[index]
            if byte == UInt8(ascii: ",") {
                index = Self.skipBlanks(text, index + 1)
                if open.isObject { try readKey(text) }
                return true
            }
            guard byte == (open.isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
                throw .unexpectedByte(offset: index)
            }
            leave(open, &tape)
        }
    }

    /// Reads a key with its colon.
    @inline(__always)
    private mutating func readKey(_ text: Span<UInt8>) throws(JSONError) {
        guard index < text.count else { throw .unexpectedEnd }
        guard text[index] == UInt8(ascii: "\"") else { throw .unexpectedByte(offset: index) }
        let start = index + 1
        let string = try Self.scanString(text, start)
        key = Key(
            start: UInt32(truncatingIfNeeded: start), length: UInt32(truncatingIfNeeded: string.end - start),
            isEscaped: string.isEscaped, isDamaged: string.isDamaged)
        let colon = Self.skipBlanks(text, string.end + 1)
        guard colon < text.count else { throw .unexpectedEnd }
        guard text[colon] == UInt8(ascii: ":") else { throw .unexpectedByte(offset: colon) }
        index = Self.skipBlanks(text, colon + 1)
    }

    /// Opens a container and reads up to its first value, or closes it again if it is empty.
    ///
    /// - Returns: whether a value must follow.
    private mutating func enter(
        _ kind: JSONKind, _ text: Span<UInt8>, _ tape: inout MutableSpan<Slot>
    ) throws(JSONError) -> Bool {
        let depth = innermost == nil ? 0 : outer.count + 1
        guard depth < maximumDepth else { throw .tooDeep(offset: index) }
        let open = Open(container: UInt32(truncatingIfNeeded: count), isObject: kind == .object)
        append(kind, 0, 0, &tape)
        if let innermost { outer.append(innermost) }
        innermost = open
        index = Self.skipBlanks(text, index + 1)
        guard index < text.count else { throw .unexpectedEnd }
        if text[index] == (open.isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
            leave(open, &tape)
            return false
        }
        if open.isObject { try readKey(text) }
        return true
    }

    /// Closes the innermost container.
    @inline(__always)
    private mutating func leave(_ open: Open, _ tape: inout MutableSpan<Slot>) {
        if open.count > 0 {
            tape[Int(open.container)].start = open.first
            tape[Int(open.container)].length = open.count
            tape[Int(open.first)].previous = open.last
        }
        innermost = outer.popLast()
        index += 1
    }

    /// Puts a value on the tape under the key just read and links it to its elder sibling.
    @inline(__always)
    private mutating func append(
        _ kind: JSONKind, _ start: Int, _ length: Int, isEscaped: Bool = false,
        _ tape: inout MutableSpan<Slot>
    ) {
        var slot = Slot(kind: kind)
        slot.start = UInt32(truncatingIfNeeded: start)
        slot.length = UInt32(truncatingIfNeeded: length)
        slot.isEscaped = isEscaped
        if innermost != nil { link(&slot, &tape) }
        tape[count] = slot
        count += 1
    }

    @inline(__always)
    private mutating func link(_ slot: inout Slot, _ tape: inout MutableSpan<Slot>) {
        guard var open = innermost else { return }
        let index = UInt32(truncatingIfNeeded: count)
        if open.isObject {
            slot.keyStart = key.start
            slot.keyLength = key.length
            slot.isKeyEscaped = key.isEscaped
            if key.isDamaged { damaged.append(Damage(slot: count, isKey: true)) }
        }
        if open.count == 0 {
            open.first = index
        } else {
            slot.previous = open.last
            tape[Int(open.last)].next = index
        }
        open.last = index
        open.count &+= 1
        innermost = open
    }
}
