// How values become JSON: each knows its own form, within the limits of the wire.

import TapeJSON

/// How much of a value travels (protocol section 10).
enum WireLimits {
    static let eventBytes = 1 << 20
    /// What no text may exceed; what an event's texts are cut to is the app's choice, up to this.
    static let textBytes = 65_536
    static let nameBytes = 200
    /// How far back a cut looks for the start of a character.
    static let scalarsOfCharacter = 32
    static let entries = 100
    static let frames = 250
    static let depth = 7
    /// How many values one tree of them may have.
    static let values = 10_000
}

/// Has a form in JSON.
protocol JSONRepresentable {
    /// Adds the value to a document; nil when there is nothing to say.
    func node(in json: inout JSONDocument) -> JSONNode?
}

extension JSONDocument {
    /// Adds a member, whose key must be new, at the end of an object, unless there is nothing to say.
    mutating func put(_ key: String, _ value: (some JSONRepresentable)?, in object: JSONNode) {
        guard let node = value?.node(in: &self) else { return }
        setKey(key, of: node)
        append(node, to: object)
    }

    /// Adds a list under `values`, as the protocol has its lists.
    mutating func put(_ key: String, values: [some JSONRepresentable], in object: JSONNode) {
        guard !values.isEmpty else { return }
        let list = makeObject()
        put("values", values, in: list)
        setKey(key, of: list)
        append(list, to: object)
    }
}

extension String: JSONRepresentable {
    func node(in json: inout JSONDocument) -> JSONNode? {
        json.makeString(truncated(to: WireLimits.textBytes))
    }

    /// The text, cut between two characters with a mark at the end when it is longer than so many bytes.
    func truncated(to limit: Int) -> String {
        guard utf8.count > limit else { return self }
        var end = utf8.index(utf8.startIndex, offsetBy: Swift.max(0, limit - 3))
        while end > utf8.startIndex, UTF8.isContinuation(utf8[end]) { utf8.formIndex(before: &end) }
        return "\(self[..<wholeCharacters(before: end)])..."
    }

    /// The end of the last whole character, such as a flag of two letters; a character without end is cut all the same.
    private func wholeCharacters(before scalar: Index) -> Index {
        var end = scalar
        for _ in 0..<WireLimits.scalarsOfCharacter where end > startIndex {
            if end.samePosition(in: self) != nil { return end }
            unicodeScalars.formIndex(before: &end)
        }
        return scalar
    }
}

extension Int: JSONRepresentable {
    func node(in json: inout JSONDocument) -> JSONNode? { json.makeNumber(self) }
}

extension Bool: JSONRepresentable {
    func node(in json: inout JSONDocument) -> JSONNode? { json.makeBool(self) }
}

extension Array: JSONRepresentable where Element: JSONRepresentable {
    func node(in json: inout JSONDocument) -> JSONNode? {
        guard !isEmpty else { return nil }
        return json.makeArray(prefix(WireLimits.entries).compactMap { $0.node(in: &json) })
    }
}

extension Dictionary: JSONRepresentable where Key == String, Value: JSONRepresentable {
    func node(in json: inout JSONDocument) -> JSONNode? {
        guard !isEmpty else { return nil }
        let object = json.makeObject()
        var keys: Set<String> = []
        for (key, value) in sorted(by: { $0.key < $1.key }).prefix(WireLimits.entries) {
            let key = key.truncated(to: WireLimits.nameBytes)
            if keys.insert(key).inserted { json.put(key, value, in: object) }
        }
        return object
    }
}
