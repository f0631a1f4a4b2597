// Addresses of the internet and ranges of them, as numbers.

/// All addresses that begin with the same bits.
struct AddressRange: Sendable {
    private let bits: UInt128
    private let mask: UInt128

    /// Reads an address, or a range such as `192.0.2.0/24`; nil for anything else.
    init?(_ text: String) {
        let sides = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = sides.first, let address = Self.number(first) else { return nil }
        var length = 128
        if sides.count == 2 {
            let offset = first.contains(":") ? 0 : 96
            guard let given = Int(sides[1]), sides[1].utf8.allSatisfy(Bytes.isDigit), given >= 0,
                given <= 128 - offset
            else { return nil }
            length = given + offset
        }
        mask = length == 0 ? 0 : UInt128.max << UInt128(128 - length)
        bits = address & mask
    }

    func contains(_ address: UInt128) -> Bool { address & mask == bits }

    /// An address as a number; those of version 4 are the part of version 6 that is set aside for them.
    static func number(_ text: some StringProtocol) -> UInt128? {
        let zoneless = text.prefix { $0 != "%" }
        guard zoneless.utf8.count <= 45 else { return nil }
        guard zoneless.contains(":") else { return version4(zoneless).map { 0xFFFF_0000_0000 | UInt128($0) } }
        return version6(String(zoneless))
    }

    private static func version4(_ text: some StringProtocol) -> UInt32? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var value: UInt32 = 0
        for part in parts {
            guard (1...3).contains(part.utf8.count), part.utf8.allSatisfy(Bytes.isDigit),
                let byte = UInt8(part)
            else {
                return nil
            }
            value = value << 8 | UInt32(byte)
        }
        return value
    }

    private static func version6(_ text: String) -> UInt128? {
        guard let gap = text.firstRange(of: "::") else {
            guard let groups = groups(text[...]), groups.count == 8 else { return nil }
            return value(groups)
        }
        guard let head = groups(text[..<gap.lowerBound]), let tail = groups(text[gap.upperBound...]),
            head.count + tail.count < 8
        else { return nil }
        return value(head + Array(repeating: 0, count: 8 - head.count - tail.count) + tail)
    }

    /// The groups of a part of an address; its last may be written as one of version 4.
    private static func groups(_ text: Substring) -> [UInt16]? {
        if text.isEmpty { return [] }
        var groups: [UInt16] = []
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if index == parts.count - 1, part.contains(".") {
                guard let last = version4(part) else { return nil }
                groups += [UInt16(last >> 16), UInt16(last & 0xFFFF)]
            } else {
                guard (1...4).contains(part.utf8.count), part.utf8.allSatisfy(Bytes.isHexDigit),
                    let group = UInt16(part, radix: 16)
                else { return nil }
                groups.append(group)
            }
        }
        return groups
    }

    private static func value(_ groups: [UInt16]) -> UInt128 {
        groups.reduce(0) { $0 << 16 | UInt128($1) }
    }
}

/// Some ranges of addresses.
struct AddressRanges: Sendable {
    private let ranges: [(text: String, range: AddressRange)]

    /// Nil when none of the texts is a range.
    init?(_ texts: [String]) {
        ranges = texts.compactMap { text in AddressRange(text).map { (text, $0) } }
        if ranges.isEmpty { return nil }
    }

    /// The first range that an address is in, as it was typed.
    func first(containing text: String) -> String? {
        guard let address = AddressRange.number(text) else { return nil }
        return ranges.first { $0.range.contains(address) }?.text
    }
}
