// Reads MessagePack, in which crash handlers note down events, as JSON.

import TapeJSON

/// One value of MessagePack within bounds.
struct MessagePack {
    private static let maximumDepth = 32

    private let bytes: [UInt8]
    private var place = 0
    private var json = JSONDocument()

    /// The first value of some bytes as JSON; nil when they are no MessagePack, or nest too deep.
    static func json(_ bytes: [UInt8]) -> [UInt8]? {
        var reader = MessagePack(bytes: bytes)
        guard let value = reader.value(depth: 0) else { return nil }
        return reader.json.serialized(value)
    }

    /// All values that follow each other, each as JSON, up to a number.
    static func sequence(_ bytes: [UInt8], limit: Int) -> [[UInt8]] {
        var reader = MessagePack(bytes: bytes)
        var found: [[UInt8]] = []
        while found.count < limit, let value = reader.value(depth: 0) {
            found.append(reader.json.serialized(value))
        }
        return found
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private mutating func value(depth: Int) -> JSONNode? {
        guard depth < Self.maximumDepth, let mark = number(bytes: 1) else { return nil }
        switch mark {
        case 0x00...0x7F: return json.makeNumber(mark)
        case 0x80...0x8F: return map(count: mark & 15, depth)
        case 0x90...0x9F: return array(count: mark & 15, depth)
        case 0xA0...0xBF: return text(count: mark & 31)
        case 0xC0: return json.makeNull()
        case 0xC2, 0xC3: return json.makeBool(mark == 0xC3)
        case 0xC4, 0xC5, 0xC6: return number(bytes: 1 << (mark - 0xC4)).flatMap { skip($0) }
        case 0xC7, 0xC8, 0xC9: return number(bytes: 1 << (mark - 0xC7)).flatMap { skip($0 + 1) }
        case 0xCA: return number(bytes: 4).flatMap { decimal(Double(Float(bitPattern: UInt32($0)))) }
        case 0xCB: return number(bytes: 8).flatMap { decimal(Double(bitPattern: $0)) }
        case 0xCC...0xCF: return number(bytes: 1 << (mark - 0xCC)).map { json.makeNumber($0) }
        case 0xD0...0xD3: return signed(bytes: 1 << (mark - 0xD0)).map { json.makeNumber($0) }
        case 0xD4...0xD8: return skip(1 << (mark - 0xD4) + 1)
        case 0xD9, 0xDA, 0xDB: return number(bytes: 1 << (mark - 0xD9)).flatMap { text(count: $0) }
        case 0xDC, 0xDD: return number(bytes: 2 << (mark - 0xDC)).flatMap { array(count: $0, depth) }
        case 0xDE, 0xDF: return number(bytes: 2 << (mark - 0xDE)).flatMap { map(count: $0, depth) }
        case 0xE0...0xFF: return json.makeNumber(Int64(mark) - 256)
        default: return nil
        }
    }

    /// A number of one, two, four or eight bytes, most significant first.
    private mutating func number(bytes count: UInt64) -> UInt64? {
        guard place + Int(count) <= bytes.count else { return nil }
        defer { place += Int(count) }
        return bytes[place..<place + Int(count)].reduce(0) { $0 << 8 | UInt64($1) }
    }

    private mutating func signed(bytes count: UInt64) -> Int64? {
        let unused = 64 - count * 8
        return number(bytes: count).map { Int64(bitPattern: $0 << unused) >> unused }
    }

    private mutating func decimal(_ value: Double) -> JSONNode {
        value.isFinite ? json.makeNumber(value) : json.makeNull()
    }

    private mutating func text(count: UInt64) -> JSONNode? {
        guard count <= UInt64(bytes.count - place) else { return nil }
        defer { place += Int(count) }
        return json.makeString(String(decoding: bytes[place..<place + Int(count)], as: UTF8.self))
    }

    /// Passes over bytes that JSON cannot say.
    private mutating func skip(_ count: UInt64) -> JSONNode? {
        guard count <= UInt64(bytes.count - place) else { return nil }
        place += Int(count)
        return json.makeNull()
    }

    private mutating func array(count: UInt64, _ depth: Int) -> JSONNode? {
        // Each element takes a byte at least, so that a count is no more than a claim.
        guard count <= UInt64(bytes.count - place) else { return nil }
        let array = json.makeArray()
        for _ in 0..<count {
            guard let element = value(depth: depth + 1) else { return nil }
            json.append(element, to: array)
        }
        return array
    }

    private mutating func map(count: UInt64, _ depth: Int) -> JSONNode? {
        guard count <= UInt64(bytes.count - place) else { return nil }
        let object = json.makeObject()
        for _ in 0..<count {
            guard let key = value(depth: depth + 1), let name = json.string(key) ?? json.numberText(key),
                let element = value(depth: depth + 1)
            else { return nil }
            json.set(named: name, of: object, to: element)
        }
        return object
    }
}
