// What bytes of text are.

/// Questions about ASCII bytes; bytes of other characters are never letters or digits here.
enum Bytes {
    @inline(__always)
    static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

    @inline(__always)
    static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }

    @inline(__always)
    static func isHexDigit(_ byte: UInt8) -> Bool {
        isDigit(byte) || (byte | 0x20) &- UInt8(ascii: "a") < 6
    }

    @inline(__always)
    static func isAlphanumeric(_ byte: UInt8) -> Bool { isDigit(byte) || isLetter(byte) }

    static func isUpper(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "A") < 26 }

    /// The byte as a lower-case letter if it is a letter.
    @inline(__always)
    static func lowered(_ byte: UInt8) -> UInt8 { isUpper(byte) ? byte | 0x20 : byte }

    static func isEqual(_ text: Span<UInt8>, _ word: StaticString) -> Bool {
        guard text.count == word.utf8CodeUnitCount else { return false }
        return starts(text, with: word)
    }

    static func isEqualIgnoringCase(_ text: Span<UInt8>, _ word: StaticString) -> Bool {
        guard text.count == word.utf8CodeUnitCount else { return false }
        return word.withUTF8Buffer { word in
            for index in 0..<word.count where lowered(text[index]) != word[index] { return false }
            return true
        }
    }

    /// Most texts differ in the first byte, which is looked at without a call.
    @inline(__always)
    static func starts(_ text: Span<UInt8>, with word: StaticString, at start: Int = 0) -> Bool {
        let count = word.utf8CodeUnitCount
        guard start >= 0, start &+ count <= text.count else { return false }
        return count == 0 || text[start] == word.utf8Start[0] && isEqual(text, word, at: start)
    }

    /// The text must be long enough.
    private static func isEqual(_ text: Span<UInt8>, _ word: StaticString, at start: Int) -> Bool {
        word.withUTF8Buffer { word in
            text.withUnsafeBufferPointer { isEqual($0, word, at: start) }
        }
    }

    static func ends(_ text: Span<UInt8>, with word: StaticString) -> Bool {
        starts(text, with: word, at: text.count - word.utf8CodeUnitCount)
    }

    /// Where a word first stands, from a place on.
    static func first(_ word: StaticString, in text: Span<UInt8>, from start: Int = 0) -> Int? {
        let count = word.utf8CodeUnitCount
        return word.withUTF8Buffer { word in
            text.withUnsafeBufferPointer { text in
                var index = start
                while index + count <= text.count {
                    if text[index] == word[0], isEqual(text, word, at: index) { return index }
                    index += 1
                }
                return nil
            }
        }
    }

    @inline(__always)
    private static func isEqual(
        _ text: UnsafeBufferPointer<UInt8>, _ word: UnsafeBufferPointer<UInt8>, at start: Int
    ) -> Bool {
        var index = 1
        while index < word.count {
            if text[start + index] != word[index] { return false }
            index += 1
        }
        return true
    }

    static func contains(_ text: Span<UInt8>, _ byte: UInt8) -> Bool {
        first(byte, in: text) != nil
    }

    /// Where a byte first stands, from a place on; eight bytes are looked at together.
    @inline(__always)
    static func first(_ byte: UInt8, in text: Span<UInt8>, from start: Int = 0) -> Int? {
        first(of: byte, byte, byte, in: text, from: start)
    }

    /// Where one of three bytes first stands, from a place on; eight bytes are looked at together.
    @inline(__always)
    static func first(
        of one: UInt8, _ two: UInt8, _ three: UInt8, in text: Span<UInt8>, from start: Int
    ) -> Int? {
        var index = start
        while index &+ 8 <= text.count {
            // The condition is the bounds check of these eight bytes.
            let word = text.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt64.self)
            let places = marks(of: one, in: word) | marks(of: two, in: word) | marks(of: three, in: word)
            if places != 0 { return index &+ places.trailingZeroBitCount / 8 }
            index &+= 8
        }
        while index < text.count {
            if text[index] == one || text[index] == two || text[index] == three { return index }
            index &+= 1
        }
        return nil
    }

    /// The eight bytes with the highest bit set where the byte stands, the first one lowest.
    ///
    /// Behind the first such byte there may be marks too many.
    @inline(__always)
    private static func marks(of byte: UInt8, in word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let rest = UInt64(littleEndian: word) ^ UInt64(byte) &* ones
        return (rest &- ones) & ~rest & (ones &<< 7)
    }

    /// Where a word first stands, found by the byte of it that is rarest in such texts.
    static func first(_ word: StaticString, byItsByteAt offset: Int, in text: Span<UInt8>) -> Int? {
        var from = offset
        while let place = first(word.utf8Start[offset], in: text, from: from) {
            if starts(text, with: word, at: place - offset) { return place - offset }
            from = place + 1
        }
        return nil
    }

    /// The place behind the digits that begin here.
    @inline(__always)
    static func endOfDigits(in text: Span<UInt8>, from start: Int) -> Int {
        var end = start
        while end < text.count, isDigit(text[end]) { end += 1 }
        return end
    }

    static func isDigits(_ text: Span<UInt8>) -> Bool {
        !text.isEmpty && endOfDigits(in: text, from: 0) == text.count
    }

    static func isHex(_ text: Span<UInt8>) -> Bool {
        for index in text.indices where !isHexDigit(text[index]) { return false }
        return !text.isEmpty
    }
}

/// The kinds of bytes that numbers, dates, addresses and ids are made of, and what a run of them holds.
struct ByteClass: OptionSet {
    let rawValue: UInt16

    static let digit = ByteClass(rawValue: 1)
    static let hexLetter = ByteClass(rawValue: 2)
    static let letter = ByteClass(rawValue: 4)
    static let dot = ByteClass(rawValue: 8)
    static let colon = ByteClass(rawValue: 16)
    static let dash = ByteClass(rawValue: 32)
    static let at = ByteClass(rawValue: 64)
    static let slash = ByteClass(rawValue: 128)
    /// `_`, `+` and `%`.
    static let other = ByteClass(rawValue: 256)
    /// A run that holds `://`.
    static let url = ByteClass(rawValue: 512)

    /// By byte; empty for what ends a run.
    static let table: [ByteClass] = (0...255).map { number in
        let byte = UInt8(number)
        if Bytes.isDigit(byte) { return .digit }
        if Bytes.isHexDigit(byte) { return .hexLetter }
        if Bytes.isLetter(byte) { return .letter }
        switch byte {
        case UInt8(ascii: "."): return .dot
        case UInt8(ascii: ":"): return .colon
        case UInt8(ascii: "-"): return .dash
        case UInt8(ascii: "@"): return .at
        case UInt8(ascii: "/"): return .slash
        case UInt8(ascii: "_"), UInt8(ascii: "+"), UInt8(ascii: "%"): return .other
        default: return []
        }
    }
}
