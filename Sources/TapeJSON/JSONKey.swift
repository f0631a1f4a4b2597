// A key that is known when the program is written, with what makes looking for it quick.

/// The key of a member, as a literal.
///
/// ```swift
/// document.member("level", of: document.root)
/// ```
public struct JSONKey: Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    @usableFromInline let text: StaticString
    /// The first eight bytes, the first one lowest.
    @usableFromInline let head: UInt64
    @usableFromInline let mark: UInt32

    /// Takes a literal; its mark is worked out by the compiler.
    @inlinable @inline(__always)
    public init(stringLiteral text: StaticString) {
        var head: UInt64 = 0
        for offset in 0..<min(text.utf8CodeUnitCount, 8) {
            head |= UInt64(text.utf8Start[offset]) &<< UInt64(8 &* offset)
        }
        self.text = text
        self.head = head
        mark = Self.mark(head: head, count: text.utf8CodeUnitCount)
    }

    /// The key itself.
    public var description: String { text.description }

    var count: Int { text.utf8CodeUnitCount }

    /// What tells keys apart at a glance: made of the length and of the first eight bytes, as a little-endian number.
    ///
    /// Equal keys have equal marks, and different ones in all likelihood different marks, so that the bytes are
    /// compared about once for each member that is found.
    @inlinable @inline(__always)
    static func mark(head: UInt64, count: Int) -> UInt32 {
        let mixed = (head ^ UInt64(truncatingIfNeeded: count)) &* 0x9E37_79B9_7F4A_7C15
        return UInt32(truncatingIfNeeded: mixed &>> 32)
    }

    /// The mark of the key in these bytes.
    @inline(__always)
    static func mark(_ bytes: Span<UInt8>, _ start: Int, _ count: Int) -> UInt32 {
        var head: UInt64 = 0
        if start &+ 8 <= bytes.count {
            // The condition is the bounds check of these eight bytes.
            let word = bytes.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: start, as: UInt64.self)
            head = UInt64(littleEndian: word)
            if count < 8 { head &= 1 &<< UInt64(8 &* count) &- 1 }
        } else {
            for offset in 0..<min(count, 8) { head |= UInt64(bytes[start &+ offset]) &<< UInt64(8 &* offset) }
        }
        return mark(head: head, count: count)
    }
}
