// The wire form of values of any shape.

import TapeJSON

extension Flycatcher.JSONValue: JSONRepresentable {
    func node(in json: inout JSONDocument) -> JSONNode? {
        var budget = WireLimits.values
        return node(in: &json, depth: 1, &budget)
    }

    private func node(in json: inout JSONDocument, depth: Int, _ budget: inout Int) -> JSONNode {
        budget -= 1
        return switch self {
        case .null: json.makeNull()
        case .bool(let value): json.makeBool(value)
        case .integer(let value): json.makeNumber(value)
        case .double(let value): value.isFinite ? json.makeNumber(value) : json.makeString("\(value)")
        case .string(let value): json.makeString(value.truncated(to: WireLimits.textBytes))
        case .array(let values): array(values, in: &json, depth, &budget)
        case .object(let members): object(members, in: &json, depth, &budget)
        }
    }

    private func array(
        _ values: [Self], in json: inout JSONDocument, _ depth: Int, _ budget: inout Int
    ) -> JSONNode {
        guard depth < WireLimits.depth else { return json.makeString("[...]") }
        let list = json.makeArray([])
        for value in values.prefix(WireLimits.entries) {
            guard budget > 0 else { break }
            json.append(value.node(in: &json, depth: depth + 1, &budget), to: list)
        }
        return list
    }

    private func object(
        _ members: [String: Self], in json: inout JSONDocument, _ depth: Int, _ budget: inout Int
    ) -> JSONNode {
        guard depth < WireLimits.depth else { return json.makeString("{...}") }
        let object = json.makeObject()
        var keys: Set<String> = []
        for (key, value) in members.sorted(by: { $0.key < $1.key }).prefix(WireLimits.entries) {
            let key = key.truncated(to: WireLimits.nameBytes)
            guard budget > 0, keys.insert(key).inserted else { continue }
            let node = value.node(in: &json, depth: depth + 1, &budget)
            json.setKey(key, of: node)
            json.append(node, to: object)
        }
        return object
    }
}
