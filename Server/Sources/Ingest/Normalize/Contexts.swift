// Brings the known contexts into their shapes and reads what they only describe (protocol 8.8).

import FlycatcherWire
import TapeJSON

enum Contexts {
    static func apply(_ draft: inout EventDraft) {
        guard let contexts = draft.document["contexts"] else { return }
        draft.shapeContexts(contexts)
        if let trace = draft.document.member("trace", of: contexts) { draft.checkTrace(trace, of: contexts) }
        if let response = draft.document.member("response", of: contexts) { draft.shapeResponse(response) }
        if draft.document.count(contexts) == 0 { draft.document.remove(contexts, of: draft.root) }
    }
}

extension EventDraft {
    fileprivate mutating func shapeContexts(_ contexts: JSONNode) {
        var count = 0
        var next = document.firstChild(of: contexts)
        while let context = next {
            next = document.sibling(after: context)
            count += 1
            guard count <= Limit.contexts else {
                notes.add(.valueTooLong, at: ["contexts", document.key(context)])
                document.remove(context, of: contexts)
                continue
            }
            if document.kind(context) == .object {
                guard let shape = ContextShapes.shape(of: context, in: document) else { continue }
                place = [.key("contexts"), .name(document.key(context))]
                self.shape(context, as: shape)
                place = []
                if shape === ContextShapes.system { readDescription(of: context) }
            } else {
                if document.kind(context) != .null {
                    notes.add(
                        .invalidData, at: ["contexts", document.key(context)], value: excerpt(context))
                }
                document.remove(context, of: contexts)
            }
        }
    }

    /// A system that only describes itself gets the name and version that it says.
    private mutating func readDescription(of context: JSONNode) {
        guard document.member("name", of: context) == nil, document.member("version", of: context) == nil,
            let text = text("raw_description", of: context), let system = SystemDescription(text)
        else { return }
        setText("name", of: context, to: system.name)
        if let version = system.version {
            setText(system.isKernel ? "kernel_version" : "version", of: context, to: version)
        }
        if let build = system.build, document.member("build", of: context) == nil {
            setText("build", of: context, to: build)
        }
    }

    fileprivate mutating func shapeResponse(_ response: JSONNode) {
        shapeHeaders(of: response, at: ["contexts", "response"])
        shapePairs("cookies", of: response, at: ["contexts", "response"], separator: ";")
    }

    /// Identities of traces are told from other texts, since they lead to other events.
    fileprivate mutating func checkTrace(_ trace: JSONNode, of contexts: JSONNode) {
        keepIdentity("trace_id", of: trace) { text in
            (TraceID(text) ?? TraceID(text.filter { $0 != "-" }))?.description
        }
        keepIdentity("span_id", of: trace) { SpanID($0)?.description }
        keepIdentity("parent_span_id", of: trace) { SpanID($0)?.description }
        if document.count(trace) == 0 { document.remove(trace, of: contexts) }
    }

    /// Leaves an identity out, with a note, when it is none.
    private mutating func keepIdentity(_ key: JSONKey, of trace: JSONNode, _ read: (String) -> String?) {
        guard let node = document.member(key, of: trace), let text = document.string(node) else { return }
        guard let identity = read(text) else {
            if !text.isEmpty {
                notes.add(.invalidData, at: ["contexts", "trace", key.description], value: excerpt(node))
            }
            document.remove(node, of: trace)
            return
        }
        if identity != text { document.setString(identity, at: node) }
    }
}
