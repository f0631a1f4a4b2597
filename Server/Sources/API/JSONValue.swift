// A JSON answer while it is put together, and how it is written.

import FlycatcherWire

/// A JSON value of an answer; its object members keep their order.
indirect enum JSONValue: Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    case string(String)
    case array([JSONValue])
    case object([(key: String, value: JSONValue)])
    /// JSON text that is copied as it is, such as a part of a stored event.
    case text([UInt8])

    /// Compact JSON text.
    var bytes: [UInt8] {
        var out: [UInt8] = []
        write(to: &out)
        return out
    }

    /// Recursion is bounded by the shapes of the answers; stored events, which may be deep, come as `text`.
    private func write(to out: inout [UInt8]) {
        switch self {
        case .null: out += "null".utf8
        case .bool(let value): out += (value ? "true" : "false").utf8
        case .integer(let value): out += String(value).utf8
        case .string(let value): Self.write(value, to: &out)
        case .array(let elements): Self.write(elements, to: &out)
        case .object(let members): Self.write(members, to: &out)
        case .text(let bytes): out += bytes
        }
    }

    private static func write(_ elements: [JSONValue], to out: inout [UInt8]) {
        out.append(UInt8(ascii: "["))
        for (index, element) in elements.enumerated() {
            if index > 0 { out.append(UInt8(ascii: ",")) }
            element.write(to: &out)
        }
        out.append(UInt8(ascii: "]"))
    }

    private static func write(_ members: [(key: String, value: JSONValue)], to out: inout [UInt8]) {
        out.append(UInt8(ascii: "{"))
        for (index, member) in members.enumerated() {
            if index > 0 { out.append(UInt8(ascii: ",")) }
            write(member.key, to: &out)
            out.append(UInt8(ascii: ":"))
            member.value.write(to: &out)
        }
        out.append(UInt8(ascii: "}"))
    }

    private static func write(_ text: String, to out: inout [UInt8]) {
        out.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): out += [UInt8(ascii: "\\"), byte]
            case 0..<0x20: out += "\\u00\(byte < 0x10 ? "0" : "")\(String(byte, radix: 16))".utf8
            default: out.append(byte)
            }
        }
        out.append(UInt8(ascii: "\""))
    }
}

extension JSONValue {
    /// A text, or `null` when there is none or it is empty.
    init(nonEmpty text: String?) {
        guard let text, !text.isEmpty else {
            self = .null
            return
        }
        self = .string(text)
    }

    /// An identity, which the API always writes as a string; `null` when there is none.
    init<ID: CustomStringConvertible>(id: ID?) {
        self = id.map { .string($0.description) } ?? .null
    }

    /// A moment in UTC; `null` when there is none.
    init(_ moment: Timestamp?) {
        self = moment.map { .string($0.description) } ?? .null
    }

    /// The members of this object followed by those of another.
    func adding(_ other: JSONValue) -> JSONValue {
        guard case .object(let own) = self, case .object(let further) = other else { return self }
        return .object(own + further)
    }
}

extension JSONValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    init(nilLiteral: ()) { self = .null }
    init(booleanLiteral value: Bool) { self = .bool(value) }
    init(integerLiteral value: Int64) { self = .integer(value) }
    init(stringLiteral value: String) { self = .string(value) }
    init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(elements.map { (key: $0.0, value: $0.1) })
    }
}
