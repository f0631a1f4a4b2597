// A part of deflated text with a code of its own.

/// Literals and repetitions, and how often which symbol stands for them (RFC 1951, section 3.2).
struct DeflateBlock {
    private static let endOfBlock = 256
    /// In which order the code's own lengths are written.
    private static let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

    /// A literal as it is, a repetition as its length above 16 bits with its distance less one.
    private var symbols: [UInt32] = []
    private var literalCounts = [Int](repeating: 0, count: 286)
    private var distanceCounts = [Int](repeating: 0, count: 30)

    var count: Int { symbols.count }

    mutating func append(literal: UInt8) {
        symbols.append(UInt32(literal))
        literalCounts[Int(literal)] += 1
    }

    mutating func append(length: Int, distance: Int) {
        symbols.append(UInt32(length << 16 | (distance - 1)))
        literalCounts[Self.lengthClass(length).symbol] += 1
        distanceCounts[Self.distanceClass(distance - 1).symbol] += 1
    }

    mutating func write(to writer: inout BitWriter, isLast: Bool) {
        literalCounts[Self.endOfBlock] = 1
        let literals = PrefixCode(counts: literalCounts, maximumLength: 15)
        let distances = PrefixCode(counts: distanceCounts, maximumLength: 15)
        writer.append(isLast ? 1 : 0, bits: 1)
        writer.append(2, bits: 2)
        writeCodes(literals, distances, to: &writer)
        for symbol in symbols {
            let length = Int(symbol >> 16)
            if length == 0 {
                literals.write(Int(symbol), to: &writer)
            } else {
                write(Self.lengthClass(length), literals, to: &writer)
                write(Self.distanceClass(Int(symbol & 0xFFFF)), distances, to: &writer)
            }
        }
        literals.write(Self.endOfBlock, to: &writer)
    }

    private func write(_ value: ValueClass, _ code: PrefixCode, to writer: inout BitWriter) {
        code.write(value.symbol, to: &writer)
        writer.append(value.rest, bits: value.restBits)
    }

    /// Writes the lengths of both codes, runs of absent symbols shortened, in a third code.
    private func writeCodes(_ literals: PrefixCode, _ distances: PrefixCode, to writer: inout BitWriter) {
        let runs = Self.runs(of: literals.lengths + distances.lengths)
        var counts = [Int](repeating: 0, count: 19)
        for run in runs { counts[run.symbol] += 1 }
        let code = PrefixCode(counts: counts, maximumLength: 7)
        writer.append(UInt32(literals.lengths.count - 257), bits: 5)
        writer.append(UInt32(distances.lengths.count - 1), bits: 5)
        writer.append(UInt32(Self.order.count - 4), bits: 4)
        for symbol in Self.order { writer.append(UInt32(code.lengths[symbol]), bits: 3) }
        for run in runs { write(run, code, to: &writer) }
    }

    private static func runs(of lengths: [UInt8]) -> [ValueClass] {
        var runs: [ValueClass] = []
        var index = 0
        while index < lengths.count {
            let zeros = min(lengths[index...].prefix { $0 == 0 }.count, 138)
            switch zeros {
            case 0..<3: runs.append(ValueClass(symbol: Int(lengths[index]), rest: 0, restBits: 0))
            case 3..<11: runs.append(ValueClass(symbol: 17, rest: UInt32(zeros - 3), restBits: 3))
            default: runs.append(ValueClass(symbol: 18, rest: UInt32(zeros - 11), restBits: 7))
            }
            index += zeros < 3 ? 1 : zeros
        }
        return runs
    }

    /// A symbol that stands for several values, and the bits that tell which.
    private struct ValueClass {
        let symbol: Int
        let rest: UInt32
        let restBits: UInt64
    }

    private static func lengthClass(_ length: Int) -> ValueClass {
        if length == 258 { return ValueClass(symbol: 285, rest: 0, restBits: 0) }
        let value = length - 3
        if value < 8 { return ValueClass(symbol: 257 + value, rest: 0, restBits: 0) }
        let bits = value.bitWidth - value.leadingZeroBitCount - 3
        let symbol = 257 + bits << 2 + value >> bits
        return ValueClass(symbol: symbol, rest: UInt32(value & (1 << bits - 1)), restBits: UInt64(bits))
    }

    private static func distanceClass(_ value: Int) -> ValueClass {
        if value < 4 { return ValueClass(symbol: value, rest: 0, restBits: 0) }
        let bits = value.bitWidth - value.leadingZeroBitCount - 2
        let symbol = bits << 1 + value >> bits
        return ValueClass(symbol: symbol, rest: UInt32(value & (1 << bits - 1)), restBits: UInt64(bits))
    }
}
