// Cuts what is too long or too deep (protocol section 10).

import TapeJSON

enum Truncation {
    static func apply(_ draft: inout EventDraft) {
        draft.boundContexts()
        draft.boundExtra()
        if let modules = draft.document["modules"] {
            draft.bound(modules, Limit.modulesBytes) { _ in ["modules"] }
        }
        if let request = draft.document["request"], let data = draft.document.member("data", of: request) {
            draft.bound(data, Limit.requestDataBytes) { _ in ["request", "data"] }
        }
        for (index, crumb) in draft.values("breadcrumbs").enumerated() {
            guard let data = draft.document.member("data", of: crumb) else { continue }
            draft.bound(data, Limit.crumbDataBytes) { _ in
                ["breadcrumbs", "values", String(index), "data"]
            }
        }
        draft.boundVariables(of: draft.exceptions, at: ["exception", "values"])
        draft.boundVariables(of: draft.values("threads"), at: ["threads", "values"])
    }
}

extension EventDraft {
    fileprivate mutating func boundContexts() {
        guard let contexts = document["contexts"] else { return }
        var next = document.firstChild(of: contexts)
        while let context = next {
            next = document.sibling(after: context)
            // One whose name is a secret's is a text by now.
            guard document.kind(context) == .object else { continue }
            bound(context, Limit.contextBytes) { ["contexts", $0.key(context)] }
            if document.member("type", of: context) == nil {
                setText("type", of: context, to: document.key(context))
            }
        }
    }

    fileprivate mutating func boundVariables(of owners: [JSONNode], at path: [String]) {
        for (number, owner) in owners.enumerated() {
            for (index, frame) in frames(of: owner).enumerated() {
                guard let variables = document.member("vars", of: frame) else { continue }
                bound(variables, Limit.variableBytes) { _ in
                    path + [String(number), "stacktrace", "frames", String(index), "vars"]
                }
            }
        }
    }

    fileprivate mutating func boundExtra() {
        guard let extra = document["extra"] else { return }
        var room = Limit.extraBytes
        for value in Array(document.children(of: extra)) {
            let key = document.key(value)
            if room <= 0 {
                notes.add(.valueTooLong, at: ["extra", key])
                document.remove(value, of: extra)
            } else {
                room -= bound(value, min(Limit.extraValueBytes, room)) { _ in ["extra", key] }
            }
        }
    }

    /// Cuts a value to about so many bytes and to ``Limit/depth`` levels; returns the bytes it takes afterwards.
    @discardableResult
    fileprivate mutating func bound(
        _ node: JSONNode, _ limit: Int, at path: (JSONDocument) -> [String]
    ) -> Int {
        var trimmer = Trimmer(room: limit)
        trimmer.trim(node, in: &document, depth: 0)
        if trimmer.hasCut { notes.add(.valueTooLong, at: path(document)) }
        return limit - trimmer.room
    }
}

/// Walks a value and takes away what is beyond its room; goes at most ``Limit/depth`` levels down.
private struct Trimmer {
    var room: Int
    private(set) var hasCut = false

    init(room: Int) {
        self.room = room
    }

    mutating func trim(_ node: JSONNode, in document: inout JSONDocument, depth: Int) {
        switch document.kind(node) {
        case .null, .bool: room -= 4
        case .number: room -= 8
        case .string: trimText(node, in: &document)
        case .array, .object:
            if depth >= Limit.depth {
                flatten(node, in: &document)
            } else {
                trimChildren(of: node, in: &document, depth: depth)
            }
        }
    }

    private mutating func trimChildren(of node: JSONNode, in document: inout JSONDocument, depth: Int) {
        room -= 2
        var next = document.firstChild(of: node)
        while let child = next {
            next = document.sibling(after: child)
            if room <= 0 {
                document.remove(child, of: node)
                hasCut = true
            } else {
                room -= document.keyLength(child) + 1
                trim(child, in: &document, depth: depth + 1)
            }
        }
    }

    private mutating func trimText(_ node: JSONNode, in document: inout JSONDocument) {
        let length = document.rawLength(node)
        if length <= max(room, 0) {
            room -= length + 2
            return
        }
        let text = document.string(node) ?? ""
        document.setString(text.prefix(utf8: max(room - 3, 0)) + "...", at: node)
        room = 0
        hasCut = true
    }

    /// What is too deep becomes its own text.
    private mutating func flatten(_ node: JSONNode, in document: inout JSONDocument) {
        document.setString(String(decoding: document.serialized(node), as: UTF8.self), at: node)
        hasCut = true
        trimText(node, in: &document)
    }
}
