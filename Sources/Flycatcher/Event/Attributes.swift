// Values that name their type, as log records, measurements and spans have them.

import TapeJSON

/// Attributes in their wire form (protocol section 11.5); what has no such form, an object or a mixed list, is left out.
struct Attributes: JSONRepresentable {
    private let values: [String: Flycatcher.JSONValue]

    init(_ values: [String: Flycatcher.JSONValue]) {
        self.values = values
    }

    func node(in json: inout JSONDocument) -> JSONNode? {
        values.compactMapValues { Attribute($0) }.node(in: &json)
    }
}

/// A value and the name of its type.
private struct Attribute: JSONRepresentable {
    let value: Flycatcher.JSONValue
    let type: String

    init?(_ value: Flycatcher.JSONValue) {
        guard let type = value.attributeType else { return nil }
        self.value = value
        self.type = type
    }

    func node(in json: inout JSONDocument) -> JSONNode? {
        let object = json.makeObject()
        json.put("value", value, in: object)
        json.put("type", type, in: object)
        return object
    }
}

extension Flycatcher.JSONValue {
    /// The name of the type that it has as an attribute; nil when it cannot be one.
    fileprivate var attributeType: String? {
        switch self {
        case .null, .object: return nil
        case .bool: return "boolean"
        case .integer: return "integer"
        case .double(let value): return value.isFinite ? "double" : "string"
        case .string: return "string"
        case .array(let values):
            let types = Set(values.map(\.attributeType))
            return types.count <= 1 && types.isDisjoint(with: [nil, "array"]) ? "array" : nil
        }
    }
}

extension [String: Flycatcher.JSONValue] {
    /// About how many bytes they have as attributes.
    var attributeSize: Int {
        reduce(0) { size, attribute in
            let (key, value) = attribute
            let length = if case .string(let text) = value { text.utf8.count } else { 8 }
            return size + key.utf8.count + length + 32
        }
    }
}
