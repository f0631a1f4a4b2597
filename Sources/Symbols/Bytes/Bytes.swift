// A piece of a file in memory.

/// Bytes that nobody vouches for; they live as long as the file, or the array, that they are part of.
struct Bytes {
    let start: UnsafePointer<UInt8>
    let count: Int

    /// The part from an offset on; nothing where it would begin beyond the end.
    func part(from offset: Int) -> Bytes {
        part(at: offset, count: count &- offset)
    }

    /// A part; nothing where it would reach beyond the end.
    func part(at offset: Int, count: Int) -> Bytes {
        guard offset >= 0, count >= 0, offset <= self.count, count <= self.count - offset else {
            return Bytes(start: start, count: 0)
        }
        return Bytes(start: start + offset, count: count)
    }

    /// The text up to a zero byte; nil where none follows in time.
    func text(at offset: Int) -> String? {
        guard offset >= 0, offset < count else { return nil }
        let limit = min(count, offset + Limits.textLength)
        var end = offset
        while end < limit, start[end] != 0 { end &+= 1 }
        guard end < limit else { return nil }
        return String(
            decoding: UnsafeBufferPointer(start: start + offset, count: end - offset), as: UTF8.self)
    }

    /// Copies the bytes.
    var array: [UInt8] {
        Array(UnsafeBufferPointer(start: start, count: count))
    }
}
