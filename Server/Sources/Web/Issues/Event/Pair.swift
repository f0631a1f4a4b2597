// A name with its value, and lists of them.

import TapeJSON

/// One line of a list of names and values.
struct Pair: View, Hashable {
    let name: String
    let value: String

    func child(named name: String) -> Any? {
        switch name {
        case "name": self.name
        case "value": value
        default: false
        }
    }
}

/// Names and values, up to a number.
struct PairList: View {
    /// So many pairs are shown; the raw JSON has the rest.
    static let maximumCount = 250

    let pairs: [Pair]
    /// How many more there are.
    let omitted: Int

    var isEmpty: Bool { pairs.isEmpty }

    init(_ pairs: [Pair] = [], omitted: Int = 0) {
        self.pairs = pairs
        self.omitted = omitted
    }

    func child(named name: String) -> Any? {
        switch name {
        case "pairs": pairs
        case "omitted": omitted == 0 ? false : Count(omitted).exact
        default: false
        }
    }
}

extension EventDocument {
    /// The names and values of an object, of a list of pairs, or of a list of `{key, value}`; elements of any other
    /// list are named by their number.
    func pairs(_ node: JSONNode?, without hidden: Set<String> = []) -> PairList {
        guard let node else { return PairList() }
        let isObject = json.kind(node) == .object
        var pairs: [Pair] = []
        for (index, child) in json.children(of: node).prefix(PairList.maximumCount).enumerated() {
            let pair =
                isObject ? Pair(name: name(of: child), value: text(child).shown) : element(child, at: index)
            if !hidden.contains(pair.name) { pairs.append(pair) }
        }
        return PairList(pairs, omitted: max(0, json.count(node) - PairList.maximumCount))
    }

    /// The names and values that stand somewhere; none for a text or a number.
    func pairs(_ key: JSONKey, of node: JSONNode?) -> PairList {
        pairs(member(key, of: node))
    }

    private func element(_ node: JSONNode, at index: Int) -> Pair {
        let parts = Array(json.children(of: node).prefix(3))
        if json.kind(node) == .array, parts.count == 2, let name = json.string(parts[0]) {
            return Pair(name: shortened(name), value: text(parts[1]).shown)
        }
        if let name = member("key", of: node).flatMap(json.string), let value = member("value", of: node) {
            return Pair(name: shortened(name), value: text(value).shown)
        }
        return Pair(name: String(index), value: text(node).shown)
    }

    func name(of node: JSONNode) -> String {
        shortened(json.key(node))
    }

    private func shortened(_ name: String) -> String {
        BoundedText(name, limit: Self.maximumNameLength).shown
    }

    private static var maximumNameLength: Int { 200 }
}
