// What the app told about its surroundings: device, system, runtime, flags and whatever else.

import TapeJSON

extension EventDocument {
    /// One section for each context that holds something, in the order in which they were sent.
    func contextSections() -> [PairSection] {
        guard let contexts = member("contexts", of: root) else { return [] }
        return json.children(of: contexts).prefix(Self.maximumContexts).compactMap { context in
            let name = name(of: context)
            return PairSection(id: "context-\(name)", title: name, contextPairs(context, named: name))
        }
    }

    private func contextPairs(_ context: JSONNode, named name: String) -> PairList {
        if name == "flags" { return flags(context) }
        guard json.kind(context) == .object || json.kind(context) == .array else {
            let text = text(context).shown
            return PairList(
                text.isEmpty || json.kind(context) == .null ? [] : [Pair(name: "value", value: text)])
        }
        // The type repeats the name (`os` of `client_os`) unless the context was given a name of its own; null says
        // that nothing is known.
        let list = pairs(context)
        let told = list.pairs.filter { pair in
            pair.value != "null"
                && (pair.name != "type" || name != pair.value && !name.hasSuffix("_\(pair.value)"))
        }
        return PairList(told, omitted: list.omitted)
    }

    /// Feature flags stand in a list of `{flag, result}`.
    private func flags(_ context: JSONNode) -> PairList {
        let nodes = values(context)
        return PairList(
            nodes.prefix(PairList.maximumCount).map {
                Pair(name: string("flag", of: $0), value: string("result", of: $0))
            },
            omitted: max(0, nodes.count - PairList.maximumCount))
    }

    private static var maximumContexts: Int { 100 }
}
