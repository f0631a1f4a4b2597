// The digest by which events find their issue.

import Model

/// A digest of 128 bits: fast, the same on every machine and for ever, which is what grouping needs.
///
/// Two lanes of 64 bits take every eight bytes in. It does not have to withstand an attacker: whoever can send events
/// can choose their fingerprints anyway.
struct GroupingHasher {
    private var first: UInt64 = 0x6C62_272E_07BB_0142
    private var second: UInt64 = 0x62B8_2175_6295_C58D
    private var wordCount: UInt64 = 0

    /// Adds a text and its length, so that `ab`+`c` and `a`+`bc` differ.
    mutating func combine(_ text: Span<UInt8>) {
        var index = 0
        while index &+ 8 <= text.count {
            let word = text.bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
            combine(word: UInt64(littleEndian: word))
            index &+= 8
        }
        combine(word: Self.rest(of: text, from: index))
        combine(word: UInt64(text.count))
    }

    mutating func combine(_ text: StaticString) {
        text.withUTF8Buffer { combine($0.span) }
    }

    mutating func combine(_ text: String) {
        var text = text
        text.withUTF8 { combine($0.span) }
    }

    mutating func combine(_ hash: UInt128) {
        combine(word: UInt64(truncatingIfNeeded: hash >> 64))
        combine(word: UInt64(truncatingIfNeeded: hash))
    }

    /// The digest of everything that was added.
    var value: UInt128 {
        let one = Self.scattered(first ^ wordCount)
        let two = Self.scattered(second &+ one)
        return UInt128(one &+ two) << 64 | UInt128(two)
    }

    @inline(__always)
    private mutating func combine(word: UInt64) {
        wordCount &+= 1
        first ^= Self.rotated(word &* 0x9E37_79B9_7F4A_7C15, by: 31) &* 0xC2B2_AE3D_27D4_EB4F
        first = (Self.rotated(first, by: 27) &+ second) &* 5 &+ 0x52DC_E729
        second ^= Self.rotated(word &* 0xC2B2_AE3D_27D4_EB4F, by: 33) &* 0x9E37_79B9_7F4A_7C15
        second = (Self.rotated(second, by: 31) &+ first) &* 5 &+ 0x3849_5AB5
    }

    /// The last bytes, fewer than eight, as a number, the first one lowest.
    @inline(__always)
    private static func rest(of text: Span<UInt8>, from start: Int) -> UInt64 {
        let count = text.count &- start
        if count == 0 { return 0 }
        if text.count >= 8 {
            let word = text.bytes.unsafeLoadUnaligned(fromByteOffset: text.count &- 8, as: UInt64.self)
            return UInt64(littleEndian: word) &>> UInt64(64 &- 8 &* count)
        }
        var word: UInt64 = 0
        for index in start..<text.count { word |= UInt64(text[index]) &<< UInt64(8 &* (index &- start)) }
        return word
    }

    private static func rotated(_ word: UInt64, by count: UInt64) -> UInt64 {
        word << count | word >> (64 - count)
    }

    /// Lets every bit of a number move about half of the bits of the result.
    private static func scattered(_ word: UInt64) -> UInt64 {
        var word = word
        word = (word ^ word >> 33) &* 0xFF51_AFD7_ED55_8CCD
        word = (word ^ word >> 33) &* 0xC4CE_B9FE_1A85_EC53
        return word ^ word >> 33
    }
}
