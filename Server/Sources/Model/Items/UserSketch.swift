// Counts distinct users in a bounded room.

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// About how many distinct users there were: exact to some five percent, in at most 512 bytes, and two can be joined.
///
/// It is a HyperLogLog: of each of 512 parts of the users it remembers the rarest digest.
public struct UserSketch: Hashable, Sendable {
    /// Empty as long as there is nobody; else 512.
    public private(set) var registers: [UInt8]

    private static let size = 512

    /// Reads what ``registers`` has given; anything else is nobody.
    public init(registers: [UInt8] = []) {
        self.registers = registers.count == Self.size ? registers : []
    }

    public mutating func add(_ user: UserDigest) {
        if registers.isEmpty { registers = Array(repeating: 0, count: Self.size) }
        let bits = Self.scattered(user.value)
        let place = Int(bits >> 55)
        let rank = UInt8(min((bits << 9).leadingZeroBitCount + 1, 56))
        registers[place] = max(registers[place], rank)
    }

    /// Adds everybody whom another one has seen.
    public mutating func formUnion(_ other: UserSketch) {
        guard !other.registers.isEmpty else { return }
        guard !registers.isEmpty else { return registers = other.registers }
        for index in registers.indices { registers[index] = max(registers[index], other.registers[index]) }
    }

    /// About how many.
    public var count: Int64 {
        guard !registers.isEmpty else { return 0 }
        let size = Double(Self.size)
        let sum = registers.reduce(0.0) { $0 + 1 / Double(UInt64(1) << UInt64($1)) }
        let estimate = 0.7213 / (1 + 1.079 / size) * size * size / sum
        let empty = registers.count { $0 == 0 }
        // Few users leave parts empty, and how many says more.
        let isFew = estimate <= 2.5 * size && empty > 0
        return Int64((isFew ? size * log(size / Double(empty)) : estimate).rounded())
    }

    private static func scattered(_ value: UInt64) -> UInt64 {
        var bits = value &+ 0x9E37_79B9_7F4A_7C15
        bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
        return bits ^ bits >> 31
    }
}
