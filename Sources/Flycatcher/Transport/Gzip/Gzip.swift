// Packs a request's body, as every server can unpack it.

/// Writes the gzip format (RFC 1952): a header, deflated bytes, a sum.
enum Gzip {
    private static let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]

    static func packed(_ bytes: [UInt8]) -> [UInt8] {
        var writer = BitWriter(bytes: header)
        writer.bytes.reserveCapacity(bytes.count / 3 + 64)
        var deflater = Deflater()
        bytes.withUnsafeBufferPointer { deflater.deflate($0, to: &writer) }
        writer.alignToByte()
        writer.appendWord(checksum(bytes))
        writer.appendWord(UInt32(truncatingIfNeeded: bytes.count))
        return writer.bytes
    }

    /// The cyclic redundancy check that gzip asks for.
    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        table.withUnsafeBufferPointer { table in
            var sum = UInt32.max
            for byte in bytes { sum = table[Int((sum ^ UInt32(byte)) & 0xFF)] ^ sum >> 8 }
            return ~sum
        }
    }

    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { value, _ in value >> 1 ^ (value & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
}

/// Appends bits, the lowest first, to bytes.
struct BitWriter {
    var bytes: [UInt8]
    private var buffer: UInt64 = 0
    private var count: UInt64 = 0

    init(bytes: [UInt8] = []) {
        self.bytes = bytes
    }

    /// Appends the lowest bits of a value, 32 at most; its higher bits must be zero.
    @inline(__always)
    mutating func append(_ value: UInt32, bits: UInt64) {
        buffer |= UInt64(value) &<< count
        count &+= bits
        while count >= 8 {
            bytes.append(UInt8(truncatingIfNeeded: buffer))
            buffer &>>= 8
            count &-= 8
        }
    }

    mutating func alignToByte() {
        if count > 0 { append(0, bits: 8 - count) }
    }

    mutating func appendWord(_ value: UInt32) {
        append(value, bits: 32)
    }
}
