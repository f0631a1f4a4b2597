// Values of any shape out of a JSON text.

import TapeJSON

extension Flycatcher.JSONValue {
    /// Reads a node with all that is in it; of equal keys the first counts.
    init(_ node: JSONNode, of json: JSONDocument) {
        self =
            switch json.kind(node) {
            case .null: .null
            case .bool: .bool(json.bool(node) ?? false)
            case .number: Self.number(node, of: json)
            case .string: .string(json.string(node) ?? "")
            case .array: .array(json.children(of: node).map { Self($0, of: json) })
            case .object:
                .object(
                    Dictionary(json.children(of: node).map { (json.key($0), Self($0, of: json)) }) {
                        first, _ in
                        first
                    })
            }
    }

    /// A whole number, one with a fraction, or its digits where it is too large for both.
    private static func number(_ node: JSONNode, of json: JSONDocument) -> Self {
        if let integer = json.integer(node).flatMap({ Int(exactly: $0) }) { return .integer(integer) }
        return json.double(node).map { .double($0) } ?? .string(json.numberText(node) ?? "")
    }
}
