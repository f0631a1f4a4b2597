// Reads gzip, so that tests need no library and judge the SDK's compression by other code than its own.

import Foundation

/// Takes apart what RFC 1951 and RFC 1952 describe; slow and strict.
struct Inflater {
    struct Malformed: Error {}

    private let input: ArraySlice<UInt8>
    private var position: Int
    private var bitBuffer: UInt32 = 0
    private var bitCount = 0
    private var output: [UInt8] = []

    /// Unpacks one gzip member without optional fields, and checks its sum and size.
    static func gunzip(_ bytes: [UInt8]) throws -> [UInt8] {
        guard bytes.count >= 18, bytes.starts(with: [0x1F, 0x8B, 8, 0]) else { throw Malformed() }
        var inflater = Inflater(bytes[10..<(bytes.count - 8)])
        try inflater.inflate()
        let trailer = bytes.suffix(8).enumerated().reduce(UInt64(0)) { $0 | UInt64($1.1) << (8 * $1.0) }
        guard trailer & 0xFFFF_FFFF == UInt64(checksum(inflater.output)),
            trailer >> 32 == UInt64(inflater.output.count)
        else { throw Malformed() }
        return inflater.output
    }

    private init(_ input: ArraySlice<UInt8>) {
        self.input = input
        position = input.startIndex
    }

    /// What a byte does to the sum.
    private static let remainders: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(byte) { value, _ in value >> 1 ^ (value & 1 == 1 ? 0xEDB8_8320 : 0) }
    }

    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        let remainders = remainders
        var sum = UInt32.max
        for byte in bytes { sum = sum >> 8 ^ remainders[Int(UInt8(truncatingIfNeeded: sum) ^ byte)] }
        return ~sum
    }

    private mutating func inflate() throws {
        var isLast = false
        while !isLast {
            isLast = try bits(1) == 1
            switch try bits(2) {
            case 0: try copyStored()
            case 1: try decode(Code(Self.fixedLengths), Code([Int](repeating: 5, count: 30)))
            case 2:
                let (literals, distances) = try dynamicCodes()
                try decode(literals, distances)
            default: throw Malformed()
            }
        }
        guard position == input.endIndex else { throw Malformed() }
    }

    private static let fixedLengths = (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 }

    private mutating func bits(_ count: Int) throws -> Int {
        while bitCount < count {
            guard position < input.endIndex else { throw Malformed() }
            bitBuffer |= UInt32(input[position]) << bitCount
            position += 1
            bitCount += 8
        }
        defer {
            bitBuffer >>= count
            bitCount -= count
        }
        return Int(bitBuffer & (1 << count - 1))
    }

    private mutating func copyStored() throws {
        (bitBuffer, bitCount) = (0, 0)
        let count = try bits(16)
        guard try bits(16) == ~count & 0xFFFF, position + count <= input.endIndex else { throw Malformed() }
        output += input[position..<(position + count)]
        position += count
    }

    private mutating func dynamicCodes() throws -> (Code, Code) {
        let (literalCount, distanceCount, lengthCount) = try (bits(5) + 257, bits(5) + 1, bits(4) + 4)
        var lengths = [Int](repeating: 0, count: 19)
        let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
        for index in order.prefix(lengthCount) { lengths[index] = try bits(3) }
        let code = Code(lengths)
        var all: [Int] = []
        while all.count < literalCount + distanceCount {
            switch try symbol(code) {
            case 16:
                guard let last = all.last else { throw Malformed() }
                all += [Int](repeating: last, count: try bits(2) + 3)
            case 17: all += [Int](repeating: 0, count: try bits(3) + 3)
            case 18: all += [Int](repeating: 0, count: try bits(7) + 11)
            case let length: all.append(length)
            }
        }
        return (Code(Array(all[..<literalCount])), Code(Array(all[literalCount...])))
    }

    private mutating func decode(_ literals: Code, _ distances: Code) throws {
        while true {
            let literal = try symbol(literals)
            if literal < 256 {
                output.append(UInt8(literal))
            } else if literal == 256 {
                return
            } else {
                try copy(lengthSymbol: literal - 257, distances)
            }
        }
    }

    private mutating func copy(lengthSymbol: Int, _ distances: Code) throws {
        guard lengthSymbol < 29 else { throw Malformed() }
        let lengthBits = lengthSymbol < 8 || lengthSymbol == 28 ? 0 : lengthSymbol / 4 - 1
        let lengthBase =
            lengthSymbol < 8
            ? lengthSymbol + 3 : lengthSymbol == 28 ? 258 : (4 + lengthSymbol % 4) << lengthBits + 3
        let length = try lengthBase + bits(lengthBits)
        let symbol = try symbol(distances)
        guard symbol < 30 else { throw Malformed() }
        let distanceBits = symbol < 4 ? 0 : symbol / 2 - 1
        let distance = try (symbol < 4 ? symbol : (2 + symbol % 2) << distanceBits) + 1 + bits(distanceBits)
        guard distance <= output.count else { throw Malformed() }
        for _ in 0..<length { output.append(output[output.count - distance]) }
    }

    private mutating func symbol(_ code: Code) throws -> Int {
        var (value, length) = (0, 0)
        while length < 15 {
            value = try value << 1 | bits(1)
            length += 1
            if let symbol = code.symbols[length << 16 | value] { return symbol }
        }
        throw Malformed()
    }

    /// A canonical prefix code.
    private struct Code {
        /// By length and value.
        var symbols: [Int: Int] = [:]

        init(_ lengths: [Int]) {
            var value = 0
            for length in 1...15 {
                for (symbol, _) in lengths.enumerated().filter({ $0.element == length }) {
                    symbols[length << 16 | value] = symbol
                    value += 1
                }
                value <<= 1
            }
        }
    }
}
