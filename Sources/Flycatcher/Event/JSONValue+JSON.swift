// The wire form of values of any shape.

import TapeJSON

extension Flycatcher.JSONValue: JSONRepresentable {
    func node(in json: inout JSONDocument) -> JSONNode? {
        node(in: &json, depth: 1)
    }

    private func node(in json: inout JSONDocument, depth: Int) -> JSONNode {
        switch self {
        case .null: json.makeNull()
        case .bool(let value): json.makeBool(value)
        case .integer(let value): json.makeNumber(value)
        case .double(let value): value.isFinite ? json.makeNumber(value) : json.makeString("\(value)")
        case .string(let value): json.makeString(value.truncated(to: WireLimits.textBytes))
        case .array(let values): array(values, in: &json, depth: depth)
        case .object(let members): object(members, in: &json, depth: depth)
        }
    }

    private func array(_ values: [Self], in json: inout JSONDocument, depth: Int) -> JSONNode {
        guard depth < WireLimits.depth else { return json.makeString("[...]") }
        return json.makeArray(values.prefix(WireLimits.entries).map { $0.node(in: &json, depth: depth + 1) })
    }

    private func object(_ members: [String: Self], in json: inout JSONDocument, depth: Int) -> JSONNode {
        guard depth < WireLimits.depth else { return json.makeString("{...}") }
        let object = json.makeObject()
        for (key, value) in members.sorted(by: { $0.key < $1.key }).prefix(WireLimits.entries) {
            let node = value.node(in: &json, depth: depth + 1)
            json.setKey(key.truncated(to: WireLimits.nameBytes), of: node)
            json.append(node, to: object)
        }
        return object
    }
}
