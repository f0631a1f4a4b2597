// Reads lists of names and values, which clients send in several forms.

import TapeJSON

extension WireEvent {
    /// A pair list as `[[name, value], …]`: from an object, a list of pairs, a list of `{key, value}`, or a text.
    ///
    /// The pairs of a text stand between separators, such as `&` in a query.
    func pairs(_ key: JSONKey, of object: JSONNode?, separator: Character) -> JSONValue {
        guard let node = member(key, of: object) else { return nil }
        if let text = document.string(node) { return Self.pairs(text, separator: separator) }
        return .array(pairs(of: node).map { [.string($0.name), $0.value] })
    }

    /// The names and values of an object, a list of pairs, or a list of `{key, value}`.
    func pairs(of node: JSONNode?) -> [(name: String, value: JSONValue)] {
        guard let node else { return [] }
        let children = document.children(of: node)
        if document.kind(node) == .object {
            return children.map { (name: document.key($0), value: copy($0)) }
        }
        return children.compactMap { pair($0) }
    }

    private func pair(_ node: JSONNode) -> (name: String, value: JSONValue)? {
        if document.kind(node) == .object {
            return text("key", of: node).map { (name: $0, value: copy("value", of: node)) }
        }
        guard let first = document.firstChild(of: node), let name = document.string(first) else { return nil }
        return (name: name, value: copy(document.sibling(after: first)))
    }

    private static func pairs(_ text: String, separator: Character) -> JSONValue {
        let parts = text.split(separator: separator, maxSplits: 1_000)
        return .array(
            parts.map { part in
                let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                let name = URLText.decoded(sides[0].drop { $0 == " " })
                return [.string(name), .string(sides.count > 1 ? URLText.decoded(sides[1]) : "")]
            })
    }
}
