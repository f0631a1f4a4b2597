// The one pass over the bytes: a flat state machine, no recursion, nothing allocated per value.

/// Reads a JSON text into slots.
///
/// Indices stay plain locals that are handed to inlined functions and returned: a local function that captured them
/// would make them a heap box and the loop eight times slower.
struct Parser {
    /// A string that has to be repaired, since it holds invalid UTF-8 or a lone surrogate.
    struct Damage {
        var slot: Int
        var isKey: Bool
    }

    private enum State {
        /// A value must come.
        case value
        /// A value or the end of an empty array may come.
        case firstElement
        /// A key or the end of an empty object may come.
        case firstMember
        /// A key must come.
        case member
        /// A comma or the end of the container must come.
        case afterValue
    }

    private struct Key {
        var start: UInt32 = 0
        var length: UInt32 = 0
        var isEscaped = false
        var isDamaged = false
    }

    /// An open container and its newest child.
    private struct Open {
        var container: Int
        var last: Int
        var isObject: Bool
    }

    private(set) var slots: [Slot] = []
    private(set) var damaged: [Damage] = []
    private var open: [Open] = []
    private var key = Key()

    init(expectedSlots: Int) {
        slots.reserveCapacity(expectedSlots)
        open.reserveCapacity(16)
    }

    mutating func parse(_ text: Span<UInt8>) throws(JSONError) {
        var state = State.value
        var index = Self.skipBlanks(text, 0)
        repeat {
            guard index < text.count else { throw .unexpectedEnd }
            switch state {
            case .firstElement where text[index] == UInt8(ascii: "]"),
                .firstMember where text[index] == UInt8(ascii: "}"):
                open.removeLast()
                index += 1
                state = .afterValue
            case .value, .firstElement:
                (index, state) = try readValue(text, index)
            case .member, .firstMember:
                index = try readKey(text, index)
                state = .value
            case .afterValue:
                (index, state) = try readSeparator(text, index)
            }
            index = Self.skipBlanks(text, index)
        } while !(state == .afterValue && open.isEmpty)
        guard index == text.count else { throw .unexpectedByte(offset: index) }
    }

    @inline(__always)
    private mutating func readSeparator(_ text: Span<UInt8>, _ index: Int) throws(JSONError) -> (Int, State) {
        let isObject = open[open.count - 1].isObject
        switch text[index] {
        case UInt8(ascii: ","):
            return (index + 1, isObject ? .member : .value)
        case isObject ? UInt8(ascii: "}") : UInt8(ascii: "]"):
            open.removeLast()
            return (index + 1, .afterValue)
        default:
            throw .unexpectedByte(offset: index)
        }
    }

    @inline(__always)
    private mutating func readKey(_ text: Span<UInt8>, _ index: Int) throws(JSONError) -> Int {
        guard text[index] == UInt8(ascii: "\"") else { throw .unexpectedByte(offset: index) }
        let string = try Self.scanString(text, index + 1)
        key = Key(
            start: UInt32(truncatingIfNeeded: index + 1), length: UInt32(truncatingIfNeeded: string.end - index - 1),
            isEscaped: string.isEscaped, isDamaged: string.isDamaged)
        let colon = Self.skipBlanks(text, string.end + 1)
        guard colon < text.count else { throw .unexpectedEnd }
        guard text[colon] == UInt8(ascii: ":") else { throw .unexpectedByte(offset: colon) }
        return colon + 1
    }

    @inline(__always)
    private mutating func readValue(_ text: Span<UInt8>, _ index: Int) throws(JSONError) -> (Int, State) {
        switch text[index] {
        case UInt8(ascii: "\""):
            let string = try Self.scanString(text, index + 1)
            if string.isDamaged { damaged.append(Damage(slot: slots.count, isKey: false)) }
            append(.string, start: index + 1, length: string.end - index - 1, isEscaped: string.isEscaped)
            return (string.end + 1, .afterValue)
        case UInt8(ascii: "{"):
            try enter(.object, index)
            return (index + 1, .firstMember)
        case UInt8(ascii: "["):
            try enter(.array, index)
            return (index + 1, .firstElement)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            let end = try Self.scanNumber(text, index)
            append(.number, start: index, length: end - index)
            return (end, .afterValue)
        case UInt8(ascii: "t"):
            append(.bool, start: 1, length: 0)
            return (try Self.scanWord("true", text, index), .afterValue)
        case UInt8(ascii: "f"):
            append(.bool, start: 0, length: 0)
            return (try Self.scanWord("false", text, index), .afterValue)
        case UInt8(ascii: "n"):
            append(.null, start: 0, length: 0)
            return (try Self.scanWord("null", text, index), .afterValue)
        default:
            throw .unexpectedByte(offset: index)
        }
    }

    private mutating func enter(_ kind: JSONKind, _ index: Int) throws(JSONError) {
        guard open.count < JSONDocument.maximumDepth else { throw .tooDeep(offset: index) }
        append(kind, start: 0, length: 0)
        open.append(Open(container: slots.count - 1, last: 0, isObject: kind == .object))
    }

    /// Puts a value on the tape under the key just read and links it to its container and elder sibling.
    @inline(__always)
    private mutating func append(_ kind: JSONKind, start: Int, length: Int, isEscaped: Bool = false) {
        let index = slots.count
        var slot = Slot(kind: kind)
        slot.start = UInt32(truncatingIfNeeded: start)
        slot.length = UInt32(truncatingIfNeeded: length)
        slot.isEscaped = isEscaped
        if !open.isEmpty {
            let parent = open[open.count - 1]
            if parent.isObject {
                slot.keyStart = key.start
                slot.keyLength = key.length
                slot.isKeyEscaped = key.isEscaped
                if key.isDamaged { damaged.append(Damage(slot: index, isKey: true)) }
            }
            slots[parent.container].length &+= 1
            if parent.last == 0 {
                slots[parent.container].start = UInt32(truncatingIfNeeded: index)
            } else {
                slots[parent.last].next = UInt32(truncatingIfNeeded: index)
            }
            open[open.count - 1].last = index
        }
        slots.append(slot)
    }
}

// MARK: Scanning

extension Parser {
    @inline(__always)
    private static func skipBlanks(_ text: Span<UInt8>, _ start: Int) -> Int {
        var index = start
        while index < text.count {
            let byte = text[index]
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { break }
            index &+= 1
        }
        return index
    }

    private static func scanWord(_ word: StaticString, _ text: Span<UInt8>, _ start: Int) throws(JSONError) -> Int {
        let end = start + word.utf8CodeUnitCount
        guard end <= text.count else { throw .unexpectedEnd }
        guard JSONText.equal(text, start, word, count: end - start) else { throw .unexpectedByte(offset: start) }
        return end
    }

    /// Reads `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?` and returns the index behind it.
    private static func scanNumber(_ text: Span<UInt8>, _ start: Int) throws(JSONError) -> Int {
        var index = start
        if text[index] == UInt8(ascii: "-") { index &+= 1 }
        let integer = index
        index = skipDigits(text, index)
        let hasLeadingZero = index - integer > 1 && text[integer] == UInt8(ascii: "0")
        guard index > integer, !hasLeadingZero else { throw .invalidNumber(offset: start) }
        if index < text.count, text[index] == UInt8(ascii: ".") {
            let fraction = index + 1
            index = skipDigits(text, fraction)
            guard index > fraction else { throw .invalidNumber(offset: start) }
        }
        if index < text.count, text[index] | 0x20 == UInt8(ascii: "e") {
            index &+= 1
            if index < text.count, text[index] == UInt8(ascii: "+") || text[index] == UInt8(ascii: "-") { index &+= 1 }
            let exponent = index
            index = skipDigits(text, exponent)
            guard index > exponent else { throw .invalidNumber(offset: start) }
        }
        return index
    }

    @inline(__always)
    private static func skipDigits(_ text: Span<UInt8>, _ start: Int) -> Int {
        var index = start
        while index < text.count, text[index] &- UInt8(ascii: "0") < 10 { index &+= 1 }
        return index
    }

    private struct ScannedString {
        /// Index of the closing quote.
        var end: Int
        var isEscaped: Bool
        var isDamaged: Bool
    }

    /// Runs to the closing quote, eight bytes at a time where nothing special is among them.
    @inline(__always)
    private static func scanString(_ text: Span<UInt8>, _ start: Int) throws(JSONError) -> ScannedString {
        var index = start
        var isEscaped = false
        var isDamaged = false
        var isASCII = true
        while true {
            index = skipPlain(text, index, &isASCII)
            guard index < text.count else { throw .unexpectedEnd }
            switch text[index] {
            case UInt8(ascii: "\""):
                if !isASCII && !isUTF8(text, start, index) { isDamaged = true }
                return ScannedString(end: index, isEscaped: isEscaped, isDamaged: isDamaged)
            case UInt8(ascii: "\\"):
                isEscaped = true
                index = try skipEscape(text, index, &isDamaged)
            default:
                throw .invalidString(offset: index)
            }
        }
    }

    /// The index of the first quote, backslash or control character from `start` on, or the end.
    @inline(__always)
    private static func skipPlain(_ text: Span<UInt8>, _ start: Int, _ isASCII: inout Bool) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs: UInt64 = 0x8080_8080_8080_8080
        var index = start
        var seen: UInt64 = 0
        while index &+ 8 <= text.count {
            // The loop's condition is the bounds check of these eight bytes.
            let word = text.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt64.self)
            let quote = word ^ (ones &* 0x22)
            let slash = word ^ (ones &* 0x5C)
            let hits = ((quote &- ones) & ~quote) | ((slash &- ones) & ~slash) | ((word &- (ones &* 0x20)) & ~word)
            if hits & highs != 0 { break }
            seen |= word
            index &+= 8
        }
        while index < text.count {
            let byte = text[index]
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 { break }
            seen |= UInt64(byte)
            index &+= 1
        }
        if seen & highs != 0 { isASCII = false }
        return index
    }

    private static func skipEscape(
        _ text: Span<UInt8>, _ index: Int, _ isDamaged: inout Bool
    ) throws(JSONError) -> Int {
        guard index + 1 < text.count else { throw .unexpectedEnd }
        switch text[index + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return index + 2
        case UInt8(ascii: "u"):
            guard isHex(text, index + 2) else { throw .invalidString(offset: index) }
            let code = JSONText.hex(at: index + 2, of: text)
            guard (0xD800...0xDFFF).contains(code) else { return index + 6 }
            guard index + 12 <= text.count, text[index + 6] == UInt8(ascii: "\\"), text[index + 7] == UInt8(ascii: "u"),
                isHex(text, index + 8)
            else {
                isDamaged = true
                return index + 6
            }
            let (scalar, end) = JSONText.scalar(at: index, of: text)
            if scalar == nil { isDamaged = true }
            return end
        default:
            throw .invalidString(offset: index)
        }
    }

    private static func isHex(_ text: Span<UInt8>, _ start: Int) -> Bool {
        guard start + 4 <= text.count else { return false }
        for offset in 0..<4 {
            let byte = text[start + offset]
            let isDigit = byte &- UInt8(ascii: "0") < 10
            let isLetter = (byte | 0x20) &- UInt8(ascii: "a") < 6
            guard isDigit || isLetter else { return false }
        }
        return true
    }

    private static func isUTF8(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
        var index = start
        while index < end {
            let length = UTF8Sequence.length(text, index, end)
            guard length > 0 else { return false }
            index += length
        }
        return true
    }
}
