// What was changed or left out on the way, and why.

import TapeJSON

extension EventDocument {
    /// The notes of `errors` and the remarks of `_meta`, each with the place that it is about.
    func processingNotes() -> PairList {
        let errors = values(member("errors", of: root))
        var notes = errors.prefix(PairList.maximumCount).map(note)
        var path: [String] = []
        if let meta = member("_meta", of: root) { appendRemarks(of: meta, path: &path, to: &notes) }
        return PairList(notes, omitted: max(0, errors.count - PairList.maximumCount))
    }

    private func note(_ error: JSONNode) -> Pair {
        let name = string("name", of: error)
        let rest = pairs(error, without: ["name", "type"]).pairs.map { "\($0.name): \($0.value)" }
        let texts = [string("type", of: error)] + rest
        return Pair(
            name: name.isEmpty ? "event" : name, value: texts.filter { !$0.isEmpty }.joined(separator: ", "))
    }

    /// Goes down the tree that mirrors the event; the remarks about a value stand under the empty key.
    private func appendRemarks(of node: JSONNode, path: inout [String], to notes: inout [Pair]) {
        for child in json.children(of: node) where notes.count < PairList.maximumCount {
            let key = name(of: child)
            if key.isEmpty {
                notes.append(Pair(name: path.joined(separator: "."), value: remark(child)))
            } else {
                path.append(key)
                appendRemarks(of: child, path: &path, to: &notes)
                path.removeLast()
            }
        }
    }

    private func remark(_ node: JSONNode) -> String {
        let removed = json.children(of: node).contains { json.hasKey($0, "rem") }
        let length = integer("len", of: node).map { "was \(Count($0).exact) long" }
        let what = removed ? "changed by rule " + rules(of: node) : ""
        let errors = text(member("err", of: node)).shown
        let words = [what, length ?? "", errors].filter { !$0.isEmpty }
        return words.isEmpty ? text(node).shown : words.joined(separator: ", ")
    }

    private func rules(of node: JSONNode) -> String {
        values(member("rem", of: node)).map { rule in
            json.firstChild(of: rule).flatMap(json.string) ?? text(rule).shown
        }.joined(separator: ", ")
    }
}
