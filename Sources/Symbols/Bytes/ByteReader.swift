// Reads little-endian numbers one after the other.

/// A place in a piece of memory: what would lie beyond its end is zero, and is remembered as ``isBroken``.
struct ByteReader {
    private let start: UnsafePointer<UInt8>
    let end: Int
    private(set) var position: Int
    private(set) var isBroken = false

    init(_ bytes: Bytes, at position: Int = 0) {
        start = bytes.start
        end = bytes.count
        self.position = 0
        move(to: position)
    }

    var isAtEnd: Bool {
        position >= end
    }

    mutating func move(to position: Int) {
        guard position >= 0, position <= end else { return breakOff() }
        self.position = position
    }

    mutating func skip(_ count: Int) {
        guard count >= 0, count <= end &- position else { return breakOff() }
        position &+= count
    }

    /// Skips as many bytes as a number in the file says.
    mutating func skip(_ count: UInt64) {
        guard count <= UInt64(UInt(bitPattern: end &- position)) else { return breakOff() }
        position &+= Int(truncatingIfNeeded: count)
    }

    private mutating func breakOff() {
        position = end
        isBroken = true
    }

    mutating func byte() -> UInt8 {
        guard position < end else {
            breakOff()
            return 0
        }
        let value = start[position]
        position &+= 1
        return value
    }

    /// A number of up to eight bytes.
    mutating func number(bytes count: Int) -> UInt64 {
        guard count <= end &- position else {
            breakOff()
            return 0
        }
        let place = UnsafeRawPointer(start + position)
        position &+= count
        switch count {
        case 8: return UInt64(littleEndian: place.loadUnaligned(as: UInt64.self))
        case 4: return UInt64(UInt32(littleEndian: place.loadUnaligned(as: UInt32.self)))
        default:
            var value: UInt64 = 0
            for index in 0..<count {
                value |= UInt64(place.load(fromByteOffset: index, as: UInt8.self)) << (8 * index)
            }
            return value
        }
    }

    /// A number in base 128, the lowest digit first; what does not fit into 64 bits is lost.
    mutating func variableNumber() -> UInt64 {
        if position < end, start[position] < 0x80 {
            position &+= 1
            return UInt64(start[position &- 1])
        }
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while position < end {
            let byte = start[position]
            position &+= 1
            if shift < 64 { value |= UInt64(byte & 0x7F) << shift }
            if byte < 0x80 { return value }
            shift &+= 7
            if shift > Limits.variableNumberBits { break }
        }
        breakOff()
        return 0
    }

    /// The same with a sign, which is the highest bit of the last digit.
    mutating func signedVariableNumber() -> Int64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while position < end {
            let byte = start[position]
            position &+= 1
            if shift < 64 { value |= UInt64(byte & 0x7F) << shift }
            shift &+= 7
            if byte < 0x80 {
                if byte & 0x40 != 0, shift < 64 { value |= UInt64.max << shift }
                return Int64(bitPattern: value)
            }
            if shift > Limits.variableNumberBits { break }
        }
        breakOff()
        return 0
    }

    mutating func skipVariableNumber() {
        while position < end {
            let byte = start[position]
            position &+= 1
            if byte < 0x80 { return }
        }
        breakOff()
    }

    /// Skips a text with the zero byte behind it.
    mutating func skipText() {
        while position < end {
            let byte = start[position]
            position &+= 1
            if byte == 0 { return }
        }
        breakOff()
    }

    /// An offset or a length; one that no file could have is broken.
    mutating func offset(bytes count: Int) -> Int {
        let value = number(bytes: count)
        guard value <= UInt64(Int64.max) else {
            breakOff()
            return 0
        }
        return Int(truncatingIfNeeded: value)
    }
}
