// Makes the client's fingerprint a list of texts (protocol 8.14).

import TapeJSON

enum Fingerprints {
    static func apply(_ draft: inout EventDraft) {
        guard let node = draft.document["fingerprint"] else { return }
        switch draft.document.kind(node) {
        case .array: draft.shapeParts(of: node)
        case .null: draft.document.remove(node, of: draft.root)
        case .bool, .number, .string, .object:
            draft.notes.add(.invalidData, at: ["fingerprint"], value: draft.excerpt(node))
            draft.document.remove(node, of: draft.root)
        }
    }
}

extension EventDraft {
    fileprivate mutating func shapeParts(of list: JSONNode) {
        var count = 0
        var next = document.firstChild(of: list)
        while let part = next {
            next = document.sibling(after: part)
            if document.kind(part) == .null || count == Limit.fingerprintParts {
                document.remove(part, of: list)
            } else {
                count += 1
                if document.kind(part) != .string { document.setString(partText(part), at: part) }
            }
        }
        if count == 0 { document.remove(list, of: root) }
    }

    /// Truth values are written as Python writes them, as tags are.
    private func partText(_ node: JSONNode) -> String {
        guard let value = document.bool(node) else { return scalarText(node) }
        return value ? "True" : "False"
    }
}
