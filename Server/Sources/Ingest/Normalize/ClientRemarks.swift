// Keeps of the client's own `_meta` what it says of values that it cut or took out itself (protocol section 7).

import TapeJSON

enum ClientRemarks {
    static func apply(_ draft: inout EventDraft) {
        guard let meta = draft.document["_meta"] else { return }
        var pruner = RemarkPruner()
        pruner.prune(meta, &draft.document, depth: 0)
        if draft.document.count(meta) == 0 { draft.document.remove(meta, of: draft.root) }
    }
}

/// Walks the tree and leaves remarks in it, without the values that they may quote.
private struct RemarkPruner {
    private static let depth = 20
    private var room = Limit.notes

    /// What a remark may say: rules and former length.
    ///
    /// `val` would bring back what was taken out.
    private static let members: [JSONKey] = ["rem", "len"]

    mutating func prune(_ tree: JSONNode, _ document: inout JSONDocument, depth: Int) {
        var next = document.firstChild(of: tree)
        while let child = next {
            next = document.sibling(after: child)
            let isKept =
                document.hasKey(child, "") ? keepRemark(child, &document) : keepTree(child, &document, depth)
            if !isKept { document.remove(child, of: tree) }
        }
    }

    private mutating func keepTree(_ tree: JSONNode, _ document: inout JSONDocument, _ depth: Int) -> Bool {
        guard document.kind(tree) == .object, depth < Self.depth, room > 0 else { return false }
        prune(tree, &document, depth: depth + 1)
        return document.count(tree) > 0
    }

    private mutating func keepRemark(_ remark: JSONNode, _ document: inout JSONDocument) -> Bool {
        guard document.kind(remark) == .object, room > 0 else { return false }
        room -= 1
        document.removeChildren(of: remark) { document, member in
            !Self.members.contains { document.hasKey(member, $0) } || !Self.isSmall(member, document)
        }
        return document.count(remark) > 0
    }

    /// A number, or a short list of rules such as `[["!limit", "x", 1021, 1024]]`, which hold no text.
    private static func isSmall(_ member: JSONNode, _ document: JSONDocument) -> Bool {
        guard document.kind(member) != .number else { return true }
        let text = document.serialized(member)
        return document.kind(member) == .array && text.count <= Limit.name && text.allSatisfy { isOfRule($0) }
    }

    private static func isOfRule(_ byte: UInt8) -> Bool {
        byte &- UInt8(ascii: "0") < 10 || (byte | 0x20) &- UInt8(ascii: "a") < 26
            || #"[]",!@:._-"#.utf8.contains(byte)
    }
}
