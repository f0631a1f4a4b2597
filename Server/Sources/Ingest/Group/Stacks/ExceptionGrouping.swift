// Groups by what was thrown: the chain of exceptions, or the tree of an exception group.

import Model
import TapeJSON

/// The exceptions of an event, read for both variants.
struct ExceptionGrouping {
    private let draft: EventDraft
    private let entries: [Entry]

    private struct Entry {
        let node: JSONNode
        let stack: StackReading
    }

    init(_ draft: EventDraft, _ reader: inout FrameReader) {
        self.draft = draft
        var entries: [Entry] = []
        for node in ExceptionTree.telling(draft.exceptions, in: draft) {
            entries.append(Entry(node: node, stack: StackReading(node, in: draft, &reader)))
        }
        self.entries = entries
    }

    /// Whether any frame counts in a variant.
    func hasFrames(in variant: StackVariant) -> Bool {
        entries.contains { $0.stack.contributes(to: variant) }
    }

    /// Adds everything that counts in a variant.
    func add(_ variant: StackVariant, to builder: inout VariantBuilder, naming: (FrameReading) -> String) {
        for entry in entries {
            builder.begin("exception")
            addType(of: entry.node, to: &builder)
            let hasFrames = entry.stack.add(variant, to: &builder, naming: naming)
            addValue(of: entry.node, hasFrames: hasFrames, to: &builder)
        }
    }

    private func addType(of exception: JSONNode, to builder: inout VariantBuilder) {
        guard let type = draft.document.member("type", of: exception) else { return }
        if isSynthetic(exception) {
            builder.ignore("type", draft.document.string(type) ?? "", "made up by the SDK")
        } else {
            _ = draft.document.withText(type) { builder.add("type", $0) }
        }
    }

    private func addValue(of exception: JSONNode, hasFrames: Bool, to builder: inout VariantBuilder) {
        if let error = systemError(of: exception) {
            builder.add("error", error)
            return
        }
        guard let value = draft.document.member("value", of: exception), draft.document.rawLength(value) > 0
        else { return }
        if hasFrames {
            builder.ignore("value", draft.document.string(value) ?? "", "the stack trace says more")
            return
        }
        var text: [UInt8] = []
        _ = draft.document.withText(value) { Parameterizer.append($0, to: &text) }
        builder.add("value", text.span)
    }

    private func isSynthetic(_ exception: JSONNode) -> Bool {
        guard let mechanism = draft.document.member("mechanism", of: exception),
            let flag = draft.document.member("synthetic", of: mechanism)
        else { return false }
        return draft.document.bool(flag) == true
    }

    /// Domain and code of an `NSError`.
    private func systemError(of exception: JSONNode) -> String? {
        guard let mechanism = draft.document.member("mechanism", of: exception),
            let meta = draft.document.member("meta", of: mechanism),
            let error = draft.document.member("ns_error", of: meta),
            let domain = draft.text("domain", of: error)
        else { return nil }
        let code = draft.document.member("code", of: error).flatMap { draft.document.integer($0) }
        return "\(domain) \(code.map(String.init) ?? "")"
    }
}
