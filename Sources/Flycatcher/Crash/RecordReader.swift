// Takes values out of bytes that nobody vouches for.

/// Reads what ``RecordWriter`` wrote; every answer is nil once the bytes are not what they should be.
struct RecordReader {
    private let bytes: ArraySlice<UInt8>
    private var next: Int

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        next = bytes.startIndex
    }

    var isAtEnd: Bool { next >= bytes.endIndex }

    /// How many bytes are left.
    var remaining: Int { bytes.endIndex - next }

    mutating func read<Number: FixedWidthInteger>(_ type: Number.Type = Number.self) -> Number? {
        guard let slice = take(MemoryLayout<Number>.size) else { return nil }
        return slice.reversed().reduce(Number(0)) { $0 << 8 | Number(truncatingIfNeeded: $1) }
    }

    /// The next bytes, so many of them.
    mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
        guard count >= 0, count <= remaining else { return nil }
        defer { next += count }
        return bytes[next..<next + count]
    }

    mutating func text() -> String? {
        guard let count = read(UInt32.self), let slice = take(Int(count)) else { return nil }
        return String(decoding: slice, as: UTF8.self)
    }

    /// A text that may be missing; nil when the bytes are wrong.
    mutating func optionalText() -> String?? {
        guard let mark = read(UInt8.self) else { return nil }
        guard mark != 0 else { return .some(nil) }
        return text().map { .some($0) }
    }

    mutating func level() -> Flycatcher.Level? {
        guard let index = read(UInt8.self), index < Flycatcher.Level.allCases.count else { return nil }
        return Flycatcher.Level.allCases[Int(index)]
    }

    mutating func fields(depth: Int = 0) -> [String: Flycatcher.JSONValue]? {
        guard let count = read(UInt32.self), count <= RecordLimits.entries else { return nil }
        var fields: [String: Flycatcher.JSONValue] = [:]
        for _ in 0..<count {
            guard let key = text(), let value = value(depth: depth) else { return nil }
            fields[key] = value
        }
        return fields
    }

    mutating func value(depth: Int = 0) -> Flycatcher.JSONValue? {
        guard let tag = read(UInt8.self).flatMap(RecordTag.init), depth <= RecordLimits.depth else {
            return nil
        }
        switch tag {
        case .null: return .null
        case .no: return .bool(false)
        case .yes: return .bool(true)
        case .integer: return read(Int64.self).map { .integer(Int($0)) }
        case .double: return read(UInt64.self).map { .double(Double(bitPattern: $0)) }
        case .string: return text().map { .string($0) }
        case .array: return array(depth: depth + 1)
        case .object: return fields(depth: depth + 1).map { .object($0) }
        }
    }

    private mutating func array(depth: Int) -> Flycatcher.JSONValue? {
        guard let count = read(UInt32.self), count <= RecordLimits.entries else { return nil }
        var values: [Flycatcher.JSONValue] = []
        for _ in 0..<count {
            guard let value = value(depth: depth) else { return nil }
            values.append(value)
        }
        return .array(values)
    }
}
