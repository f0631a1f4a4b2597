// What of a minidump is looked at: whether it is one, and when it was written.

/// The first bytes of a file that should be a minidump.
struct Minidump {
    /// How many bytes are looked at.
    static let headBytes = 24

    /// How a dump may be packed.
    enum Packing: Hashable {
        case none
        case gzip
        case zstd
        /// As programs that we cannot unpack here do it; such a dump is kept as it came.
        case other
    }

    let packing: Packing
    /// Seconds since 1970; nil when the head does not say.
    let writtenAt: UInt32?

    /// Nil when the file is no minidump, packed or not.
    init?(head: [UInt8]) {
        if head.starts(with: Array("MDMP".utf8)) || head.starts(with: Array("PMDM".utf8)) {
            packing = .none
            let isLittle = head[0] == UInt8(ascii: "M")
            writtenAt = head.count < Self.headBytes ? nil : Self.number(head[20..<24], isLittle: isLittle)
            return
        }
        writtenAt = nil
        if head.starts(with: [0x1F, 0x8B]) {
            packing = .gzip
        } else if head.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) {
            packing = .zstd
        } else if head.starts(with: [0xFD, 0x37, 0x7A, 0x58, 0x5A]) || head.starts(with: Array("BZh".utf8)) {
            packing = .other
        } else {
            return nil
        }
    }

    private static func number(_ bytes: ArraySlice<UInt8>, isLittle: Bool) -> UInt32 {
        let digits = isLittle ? Array(bytes.reversed()) : Array(bytes)
        return digits.reduce(0) { $0 << 8 | UInt32($1) }
    }
}
