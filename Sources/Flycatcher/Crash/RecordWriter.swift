// Puts values into bytes, in memory that is there already.

/// Writes one value after the other, as ``RecordReader`` reads them; what has no room is left out.
struct RecordWriter {
    private let buffer: UnsafeMutableRawBufferPointer
    private(set) var count = 0
    private var isFull = false

    /// Writes into memory, which must outlive it.
    init(_ buffer: UnsafeMutableRawBufferPointer) {
        self.buffer = buffer
    }

    var written: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: buffer[..<count])
    }

    /// Writes something that stands as a whole or not at all.
    mutating func part(_ body: (inout RecordWriter) -> Void) {
        let start = count
        body(&self)
        if isFull { (count, isFull) = (start, false) }
    }

    mutating func put(_ value: some FixedWidthInteger & BitwiseCopyable) {
        let size = MemoryLayout.size(ofValue: value)
        guard buffer.count - count >= size else {
            isFull = true
            return
        }
        buffer.storeBytes(of: value, toByteOffset: count, as: type(of: value))
        count += size
    }

    mutating func put(_ text: String, limit: Int = RecordLimits.textBytes) {
        var text = text.utf8.count > limit ? text.truncated(to: limit) : text
        text.withUTF8 { bytes in
            put(UInt32(bytes.count))
            guard !isFull, buffer.count - count >= bytes.count else {
                isFull = true
                return
            }
            if let start = bytes.baseAddress, let target = buffer.baseAddress {
                (target + count).copyMemory(from: start, byteCount: bytes.count)
            }
            count += bytes.count
        }
    }

    mutating func put(_ text: String?) {
        put(UInt8(text == nil ? 0 : 1))
        if let text { put(text) }
    }

    mutating func put(_ level: Flycatcher.Level) {
        put(UInt8(Flycatcher.Level.allCases.firstIndex(of: level) ?? 0))
    }

    mutating func put(_ fields: [String: Flycatcher.JSONValue], depth: Int = 0) {
        put(UInt32(fields.count))
        for (key, value) in fields {
            put(key)
            put(value, depth: depth)
        }
    }

    mutating func put(_ value: Flycatcher.JSONValue, depth: Int = 0) {
        guard !isFull else { return }
        switch value {
        case .bool(let truth): put(truth ? RecordTag.yes : .no)
        case .integer(let number):
            put(RecordTag.integer)
            put(Int64(number))
        case .double(let number):
            put(RecordTag.double)
            put(number.bitPattern)
        case .string(let text):
            put(RecordTag.string)
            put(text)
        case .array(let values) where depth < RecordLimits.depth:
            put(RecordTag.array)
            put(UInt32(values.count))
            for value in values { put(value, depth: depth + 1) }
        case .object(let fields) where depth < RecordLimits.depth:
            put(RecordTag.object)
            put(fields, depth: depth + 1)
        case .null, .array, .object: put(RecordTag.null)
        }
    }

    private mutating func put(_ tag: RecordTag) {
        put(tag.rawValue)
    }
}

/// How much of a value is noted for the case of a crash.
enum RecordLimits {
    static let textBytes = 2048
    static let depth = WireLimits.depth
    /// What one breadcrumb may take.
    static let breadcrumbBytes = 4096
    /// How many values one list may have that is read back.
    static let entries = 1000
}

/// What kind of value follows.
enum RecordTag: UInt8 {
    case null, no, yes, integer, double, string, array, object
}
