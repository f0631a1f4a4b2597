// The one pass over the bytes: a flat loop, no recursion, nothing allocated per value.

/// Reads a JSON text onto a tape of slots.
///
/// The tape is a span, since an array would ask at every change whether it is shared. When it is full, ``run``
/// returns and may be called again with a longer one.
///
/// Where the reading stands is one value that lives in registers while the loop runs: it is handed to inlined
/// functions. A local function that captured it would make it a heap box and the loop eight times slower.
struct Parser {
    /// A string that has to be repaired, since it holds invalid UTF-8 or a lone surrogate.
    struct Damage {
        var slot: Int
        var isKey: Bool
    }

    /// An open container and what has been read of it.
    private struct Open {
        var container: UInt32 = 0
        var isObject = false
        var last: UInt32 = 0
        var count: UInt32 = 0
    }

    /// Where the reading stands.
    private struct Place {
        var index: Int
        /// How many slots of the tape are used.
        var count = 0
        /// How many containers are open.
        var depth = 0
        /// The innermost container; means nothing outside of all.
        var innermost = Open()
        /// The key of the value that comes next.
        var keyStart = 0
        var keyLength = 0
        var isKeyEscaped = false
    }

    private var place: Place
    private(set) var damaged: [Damage] = []
    /// The containers around the innermost one.
    private var outer: [Open] = []
    private let maximumDepth: Int

    /// Begins at the first value of a text.
    init(_ text: Span<UInt8>, maximumDepth: Int) {
        self.maximumDepth = maximumDepth
        place = Place(index: Self.skipBlanks(text, 0))
        outer.reserveCapacity(JSONDocument.usualDepth)
    }

    /// How many slots of the tape are used.
    var count: Int { place.count }

    /// Reads on to the end of the text, or until the tape is full.
    ///
    /// - Returns: whether the end was reached.
    mutating func run(_ text: Span<UInt8>, _ tape: inout MutableSpan<Slot>) throws(JSONError) -> Bool {
        var place = self.place
        while place.count < tape.count {
            if try readValue(text, &tape, &place) { continue }
            if try readSeparators(text, &tape, &place) { continue }
            guard place.index == text.count else { throw .unexpectedByte(offset: place.index) }
            self.place = place
            return true
        }
        self.place = place
        return false
    }

    /// Reads a scalar or an empty container whole, or the beginning of another container up to its first value.
    ///
    /// - Returns: whether another value must follow at once.
    @inline(__always)
    private mutating func readValue(
        _ text: Span<UInt8>, _ tape: inout MutableSpan<Slot>, _ place: inout Place
    ) throws(JSONError) -> Bool {
        guard place.index < text.count else { throw .unexpectedEnd }
        let start = place.index
        var slot: Slot
        switch text[start] {
        case UInt8(ascii: "\""):
            let string = try Self.scanString(text, start + 1)
            if string.isDamaged { damaged.append(Damage(slot: place.count, isKey: false)) }
            slot = Slot(.string, start + 1, string.end - start - 1)
            slot.isEscaped = string.isEscaped
            place.index = string.end + 1
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            return try enter(text, &tape, &place)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            place.index = try Self.scanNumber(text, start)
            slot = Slot(.number, start, place.index - start)
        case UInt8(ascii: "t"):
            place.index = try Self.scanWord("true", text, start)
            slot = Slot(.bool, 1, 0)
        case UInt8(ascii: "f"):
            place.index = try Self.scanWord("false", text, start)
            slot = Slot(.bool, 0, 0)
        case UInt8(ascii: "n"):
            place.index = try Self.scanWord("null", text, start)
            slot = Slot(.null, 0, 0)
        default:
            throw .unexpectedByte(offset: start)
        }
        append(&slot, text, &tape, &place)
        return false
    }

    /// Reads what stands between a value and the next one, with all the containers that end there.
    ///
    /// - Returns: whether another value must follow; false at the end of the outermost one.
    @inline(__always)
    private mutating func readSeparators(
        _ text: Span<UInt8>, _ tape: inout MutableSpan<Slot>, _ place: inout Place
    ) throws(JSONError) -> Bool {
        while true {
            place.index = Self.skipBlanks(text, place.index)
            guard place.depth > 0 else { return false }
            guard place.index < text.count else { throw .unexpectedEnd }
            let byte = text[place.index]
            if byte == UInt8(ascii: ",") {
                place.index = Self.skipBlanks(text, place.index + 1)
                if place.innermost.isObject { try readKey(text, &place) }
                return true
            }
            guard byte == (place.innermost.isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
                throw .unexpectedByte(offset: place.index)
            }
            leave(&tape, &place)
        }
    }

    /// Reads a key with its colon.
    @inline(__always)
    private mutating func readKey(_ text: Span<UInt8>, _ place: inout Place) throws(JSONError) {
        guard place.index < text.count else { throw .unexpectedEnd }
        guard text[place.index] == UInt8(ascii: "\"") else { throw .unexpectedByte(offset: place.index) }
        let start = place.index + 1
        let string = try Self.scanString(text, start)
        if string.isDamaged { damaged.append(Damage(slot: place.count, isKey: true)) }
        place.keyStart = start
        place.keyLength = string.end - start
        place.isKeyEscaped = string.isEscaped
        let colon = Self.skipBlanks(text, string.end + 1)
        guard colon < text.count else { throw .unexpectedEnd }
        guard text[colon] == UInt8(ascii: ":") else { throw .unexpectedByte(offset: colon) }
        place.index = Self.skipBlanks(text, colon + 1)
    }

    /// Opens a container and reads up to its first value, or closes it again if it is empty.
    ///
    /// - Returns: whether a value must follow.
    @inline(__always)
    private mutating func enter(
        _ text: Span<UInt8>, _ tape: inout MutableSpan<Slot>, _ place: inout Place
    ) throws(JSONError) -> Bool {
        guard place.depth < maximumDepth else { throw .tooDeep(offset: place.index) }
        let isObject = text[place.index] == UInt8(ascii: "{")
        let container = UInt32(truncatingIfNeeded: place.count)
        var slot = Slot(kind: isObject ? .object : .array)
        append(&slot, text, &tape, &place)
        outer.append(place.innermost)
        place.innermost = Open(container: container, isObject: isObject)
        place.depth &+= 1
        place.index = Self.skipBlanks(text, place.index + 1)
        guard place.index < text.count else { throw .unexpectedEnd }
        if text[place.index] == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
            leave(&tape, &place)
            return false
        }
        if isObject { try readKey(text, &place) }
        return true
    }

    /// Closes the innermost container.
    @inline(__always)
    private mutating func leave(_ tape: inout MutableSpan<Slot>, _ place: inout Place) {
        let open = place.innermost
        if open.count > 0 {
            let container = Int(open.container)
            tape[container].length = open.count
            tape[Int(tape[container].start)].previous = open.last
        }
        place.innermost = outer.removeLast()
        place.depth &-= 1
        place.index += 1
    }

    /// Puts a value on the tape under the key just read and links it to its elder sibling.
    @inline(__always)
    private func append(
        _ slot: inout Slot, _ text: Span<UInt8>, _ tape: inout MutableSpan<Slot>, _ place: inout Place
    ) {
        if place.depth > 0 { Self.link(&slot, text, &tape, &place) }
        tape[place.count] = slot
        place.count &+= 1
    }

    @inline(__always)
    private static func link(
        _ slot: inout Slot, _ text: Span<UInt8>, _ tape: inout MutableSpan<Slot>, _ place: inout Place
    ) {
        let index = UInt32(truncatingIfNeeded: place.count)
        if place.innermost.isObject {
            slot.keyStart = UInt32(truncatingIfNeeded: place.keyStart)
            slot.keyLength = UInt32(truncatingIfNeeded: place.keyLength)
            slot.isKeyEscaped = place.isKeyEscaped
            slot.keyMark =
                place.isKeyEscaped
                ? markOfEscapedKey(text, place.keyStart, place.keyLength)
                : JSONKey.mark(text, place.keyStart, place.keyLength)
        }
        if place.innermost.count == 0 {
            tape[Int(place.innermost.container)].start = index
        } else {
            slot.previous = place.innermost.last
            tape[Int(place.innermost.last)].next = index
        }
        place.innermost.last = index
        place.innermost.count &+= 1
    }

    /// Escapes in keys are rare enough to be undone into a copy.
    @inline(never)
    private static func markOfEscapedKey(_ text: Span<UInt8>, _ start: Int, _ length: Int) -> UInt32 {
        let key = JSONText.unescape(text.extracting(start..<(start + length)))
        return JSONKey.mark(key.span, 0, key.count)
    }
}

extension Slot {
    @inline(__always)
    fileprivate init(_ kind: JSONKind, _ start: Int, _ length: Int) {
        self.init(kind: kind)
        self.start = UInt32(truncatingIfNeeded: start)
        self.length = UInt32(truncatingIfNeeded: length)
    }
}
