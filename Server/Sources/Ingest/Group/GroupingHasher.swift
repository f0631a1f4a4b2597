// The digest by which events find their issue.

import Model

/// FNV-1a over 128 bits: small, fast, the same on every machine and for ever, which is what grouping needs.
///
/// It does not have to withstand an attacker: whoever can send events can choose their fingerprints anyway.
struct GroupingHasher {
    private(set) var value: UInt128 = 0x6C62_272E_07BB_0142_62B8_2175_6295_C58D

    private static let prime: UInt128 = 0x0000_0000_0100_0000_0000_0000_0000_013B

    /// Adds a text and a mark of its end, so that `ab`+`c` and `a`+`bc` differ.
    mutating func combine(_ text: String) {
        var text = text
        text.withUTF8 { for byte in $0 { combine(byte) } }
        combine(UInt8(0xFF))
    }

    mutating func combine(_ byte: UInt8) {
        value = (value ^ UInt128(byte)) &* Self.prime
    }
}
