// Chooses among the exceptions of a group those that tell what happened.

import Model
import TapeJSON

/// The exceptions of an event as the tree that groups make of them.
///
/// A group says that several things failed at once, often the same thing many times. Those that are thrown by people,
/// not by groups, are its *top-level* exceptions; equal ones count once.
struct ExceptionTree {
    private let draft: EventDraft
    private let nodes: [Int64: JSONNode]
    private let children: [Int64: [Int64]]
    private let groups: Set<Int64>

    /// The exceptions that an event is grouped by, in the order in which they were sent.
    static func telling(_ exceptions: [JSONNode], in draft: EventDraft) -> [JSONNode] {
        guard exceptions.count > 1, let tree = ExceptionTree(exceptions, in: draft) else { return exceptions }
        let kept = tree.telling()
        return exceptions.filter { kept.contains($0) }
    }

    /// The one distinct exception of a group, after which its issue is named; nil when there are several.
    static func main(_ exceptions: [JSONNode], in draft: EventDraft) -> JSONNode? {
        guard exceptions.count > 1, let tree = ExceptionTree(exceptions, in: draft) else { return nil }
        let tops = tree.distinctTops()
        return tops.count == 1 ? tops.first.flatMap { tree.nodes[$0] } : nil
    }

    /// Nil when there is no group, or when the ids make no tree.
    private init?(_ exceptions: [JSONNode], in draft: borrowing EventDraft) {
        var nodes: [Int64: JSONNode] = [:]
        var children: [Int64: [Int64]] = [:]
        var groups: Set<Int64> = []
        for exception in exceptions {
            guard let mechanism = draft.document.member("mechanism", of: exception),
                let id = draft.document.member("exception_id", of: mechanism)
                    .flatMap({ draft.document.integer($0) }),
                nodes.updateValue(exception, forKey: id) == nil
            else { return nil }
            let parent = draft.document.member("parent_id", of: mechanism)
                .flatMap { draft.document.integer($0) }
            guard parent != id, (parent == nil) == (id == 0) else { return nil }
            if let parent { children[parent, default: []].append(id) }
            let isGroup = draft.document.member("is_exception_group", of: mechanism)
                .flatMap { draft.document.bool($0) }
            if isGroup == true { groups.insert(id) }
        }
        guard !groups.isEmpty, nodes[0] != nil, children.keys.allSatisfy({ nodes[$0] != nil }) else {
            return nil
        }
        self.draft = copy draft
        self.nodes = nodes
        self.children = children.mapValues { $0.sorted() }
        self.groups = groups
        guard reachable().count == nodes.count else { return nil }
    }

    private func reachable() -> Set<Int64> {
        var found: Set<Int64> = []
        var open: [Int64] = [0]
        while let id = open.popLast() {
            if found.insert(id).inserted { open += children[id] ?? [] }
        }
        return found
    }

    private func telling() -> Set<JSONNode> {
        let tops = distinctTops()
        guard let top = tops.first else { return Set(nodes.values) }
        if tops.count > 1 { return Set((tops + [0]).compactMap { nodes[$0] }) }
        // One thing failed: it and the chain of its causes.
        var kept: Set<JSONNode> = []
        var id: Int64? = top
        while let current = id {
            if let node = nodes[current] { kept.insert(node) }
            id = children[current]?.first
        }
        return kept
    }

    /// Top-level exceptions, by type descending, without those that equal the one before.
    private func distinctTops() -> [Int64] {
        var reader = FrameReader(platform: draft.platform)
        let tops = tops().map { id in
            (
                id: id, type: nodes[id].flatMap { draft.text("type", of: $0) } ?? "",
                hash: hash(of: id, &reader)
            )
        }
        let sorted = tops.sorted { $0.type == $1.type ? $0.id < $1.id : $0.type > $1.type }
        var seen: Set<UInt128> = []
        return sorted.filter { seen.insert($0.hash).inserted }.map(\.id)
    }

    /// The first exceptions below the root that are no groups.
    private func tops() -> [Int64] {
        var found: [Int64] = []
        var open: [Int64] = [0]
        while let id = open.popLast() {
            if groups.contains(id) {
                open += (children[id] ?? []).reversed()
            } else {
                found.append(id)
            }
        }
        return found
    }

    /// Of type and frames, or of type and value where there are no frames.
    private func hash(of id: Int64, _ reader: inout FrameReader) -> UInt128 {
        guard let node = nodes[id] else { return 0 }
        var hasher = GroupingHasher()
        hasher.combine(draft.text("type", of: node) ?? "")
        let frames = StackReading(node, in: draft, &reader).frames.filter { $0.gap == nil }
        let own = frames.contains { $0.isInApp } ? frames.filter(\.isInApp) : frames
        for frame in own { hasher.combine(frame.hash) }
        if own.isEmpty {
            hasher.combine(Parameterizer.parameterize(draft.text("value", of: node) ?? ""))
        }
        return hasher.value
    }
}
