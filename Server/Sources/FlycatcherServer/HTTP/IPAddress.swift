// Addresses of the internet and ranges of them, as proxies and configurations write them.

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// An address of either version of the protocol; one of version 4 is what version 6 calls it.
public struct IPAddress: Hashable, Sendable {
    let value: UInt128

    /// Reads `192.0.2.1` or `2001:db8::1`; nil for anything else, a name or a zone included.
    init?(_ text: some StringProtocol) {
        guard (2...45).contains(text.utf8.count) else { return nil }
        let text = String(text)
        var four = in_addr()
        if inet_pton(AF_INET, text, &four) == 1 {
            value = Self.mapping | UInt128(UInt32(bigEndian: four.s_addr))
            return
        }
        var six = in6_addr()
        guard inet_pton(AF_INET6, text, &six) == 1 else { return nil }
        value = withUnsafeBytes(of: six) { $0.reduce(0) { $0 << 8 | UInt128($1) } }
    }

    /// `::ffff:0:0`, below which the addresses of version 4 lie.
    fileprivate static let mapping: UInt128 = 0xFFFF << 32

    fileprivate var isOfVersion4: Bool { value >> 32 == 0xFFFF }
}

/// A range of addresses: `10.0.0.0/8`, `2001:db8::/32`, or a single one.
public struct IPNetwork: Hashable, Sendable {
    private let base: UInt128
    private let mask: UInt128

    /// Reads an address, with or without the length of its prefix; nil for anything else.
    init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, let address = IPAddress(first) else { return nil }
        let width = address.isOfVersion4 ? 32 : 128
        guard let length = parts.count == 2 ? Self.number(parts[1]) : width, (0...width).contains(length)
        else {
            return nil
        }
        mask = length == 0 && width == 128 ? 0 : ~0 << UInt128(width - length)
        base = address.value & mask
    }

    /// Whether an address lies in the range.
    func contains(_ address: IPAddress) -> Bool {
        address.value & mask == base
    }

    private static func number(_ text: some StringProtocol) -> Int? {
        text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil
    }
}
