// Bytes that tests make up, in the forms that DWARF has for numbers.

@testable import Symbols

extension [UInt8] {
    /// A number of so many bytes, the lowest first.
    static func number(_ value: UInt64, bytes count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * UInt64($0))) }
    }

    static func variable(_ value: UInt64) -> [UInt8] {
        value < 0x80 ? [UInt8(value)] : [UInt8(value & 0x7F) | 0x80] + variable(value >> 7)
    }

    static func text(_ text: String) -> [UInt8] {
        Array(text.utf8) + [0]
    }

    /// Lends the bytes.
    func withBytes<Result>(_ body: (Bytes) throws -> Result) rethrows -> Result {
        try (self + [0]).withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else {
                preconditionFailure("an array of a byte has a place")
            }
            return try body(Bytes(start: start, count: count))
        }
    }

    /// Reads the bytes from their beginning.
    func read(_ body: (inout ByteReader) -> Void) {
        withBytes { bytes in
            var reader = ByteReader(bytes)
            body(&reader)
        }
    }
}

/// Sections of which a test gives those that matter to it.
struct MadeUpSections {
    var entries: [UInt8] = []
    var abbreviations: [UInt8] = []
    var lines: [UInt8] = []
    var texts: [UInt8] = []
    var lineTexts: [UInt8] = []
    var addresses: [UInt8] = []
    var rangeLists: [UInt8] = []
    var ranges: [UInt8] = []

    func read<Result>(_ body: (DebugSections) throws -> Result) rethrows -> Result {
        let parts = [entries, abbreviations, lines, texts, lineTexts, addresses, rangeLists, ranges]
        return try Array(parts.joined()).withBytes { all in
            var offset = 0
            func next(_ part: [UInt8]) -> Bytes {
                defer { offset += part.count }
                return all.part(at: offset, count: part.count)
            }
            return try body(
                DebugSections(
                    entries: next(entries), abbreviations: next(abbreviations), lines: next(lines),
                    texts: next(texts), lineTexts: next(lineTexts), textOffsets: all.part(at: 0, count: 0),
                    addresses: next(addresses), rangeLists: next(rangeLists), ranges: next(ranges)))
        }
    }
}

extension Unit {
    /// A unit that only says how its numbers are written.
    static func madeUp(version: UInt16, base: UInt64 = 0) -> Unit {
        var bytes = [UInt8].number(UInt64(version), bytes: 2)
        bytes += version == 5 ? [1, 8] + .number(0, bytes: 4) : .number(0, bytes: 4) + [8]
        bytes = .number(UInt64(bytes.count), bytes: 4) + bytes
        return bytes.withBytes { bytes in
            var reader = ByteReader(bytes)
            guard let head = UnitHead(&reader) else {
                preconditionFailure("the head of a unit is well-formed")
            }
            let table = AbbreviationTable(bytes.part(at: 0, count: 0), at: 0, head.encoding)
            var unit = Unit(head, table)
            unit.baseAddress = base
            return unit
        }
    }
}
