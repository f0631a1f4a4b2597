// The ways to group an event that says nothing of it itself, in order.

import Model
import TapeJSON

/// Tries exceptions, threads, a template, a policy report and the message; the first that finds something wins alone.
struct Strategies {
    typealias Choice = (summary: String, variants: [GroupingExplanation.Variant])

    private let draft: EventDraft
    private let explains: Bool
    private var reader: FrameReader

    init(_ draft: EventDraft, explains: Bool) {
        self.draft = draft
        self.explains = explains
        reader = FrameReader(platform: draft.platform)
    }

    mutating func choose() -> Choice {
        exceptions() ?? threads() ?? template() ?? policyReport() ?? message() ?? nothing()
    }

    private mutating func exceptions() -> Choice? {
        guard !draft.exceptions.isEmpty else { return nil }
        let grouping = ExceptionGrouping(draft, &reader)
        let hasFrames = StackVariant.allCases.map { grouping.hasFrames(in: $0) }
        let naming = naming
        func variant(_ variant: StackVariant, reason: String?) -> GroupingExplanation.Variant {
            var builder = VariantBuilder(explains: explains)
            grouping.add(variant, to: &builder, naming: naming)
            return builder.variant(named: variant.name, reason: reason)
        }
        guard hasFrames.contains(true) else {
            return (
                "Grouped by type and value, since no frame counts.", [variant(.system, reason: nil)]
            )
        }
        return (
            hasFrames[0]
                ? "Grouped by the exception and the app's own frames."
                : "Grouped by the exception and the frames of libraries, since none is the app's own.",
            zip(StackVariant.allCases, hasFrames).compactMap { kind, counts in
                guard counts || explains else { return nil }
                return variant(kind, reason: counts ? nil : "no frame counts in it")
            }
        )
    }

    private mutating func threads() -> Choice? {
        guard let thread = draft.tellingThread() else { return nil }
        let stack = StackReading(thread, in: draft, &reader)
        let naming = naming
        var variants: [GroupingExplanation.Variant] = []
        for kind in StackVariant.allCases {
            var builder = VariantBuilder(explains: explains)
            builder.begin("thread")
            let counts = stack.add(kind, to: &builder, naming: naming)
            guard counts || explains else { continue }
            variants.append(builder.variant(named: kind.name, reason: counts ? nil : "no frame counts in it"))
        }
        guard variants.contains(where: { $0.hash != nil }) else { return nil }
        return ("Grouped by the stack trace of the thread that says most.", variants)
    }

    /// The place in a template that could not be rendered.
    private func template() -> Choice? {
        guard let template = draft.document["template"] else { return nil }
        var builder = VariantBuilder(explains: explains)
        var place: [UInt8] = []
        if let file = draft.document.member("filename", of: template)
            ?? draft.document.member("abs_path", of: template)
        {
            _ = draft.document.withText(file) { FilePath.append($0, .other, to: &place) }
        }
        if !place.isEmpty { builder.add("file", place.span) }
        if let line = draft.text("context_line", of: template)?.trimmingBlanks(), !line.isEmpty {
            builder.add("line", line)
        }
        guard builder.hasParts else { return nil }
        return ("Grouped by the line of the template that failed.", [builder.variant(named: "template")])
    }

    /// A browser's report that a page broke its content security policy, or another policy of its host.
    private func policyReport() -> Choice? {
        var builder = VariantBuilder(explains: explains)
        if let report = draft.document["csp"] {
            let directive =
                draft.text("effective_directive", of: report)
                ?? draft.text("violated_directive", of: report)
            if let word = directive?.split(separator: " ").first { builder.add("directive", String(word)) }
            if let blocked = draft.text("blocked_uri", of: report) {
                builder.add("blocked", CSPOrigin.stable(of: blocked))
            }
        } else {
            for key in ["hpkp", "expectct", "expectstaple"] as [StaticString] {
                guard let report = draft.document[JSONKey(stringLiteral: key)],
                    let host = draft.text("hostname", of: report)
                else {
                    continue
                }
                builder.add(key, host)
            }
        }
        guard builder.hasParts else { return nil }
        return ("Grouped by the policy and what broke it.", [builder.variant(named: "policy")])
    }

    /// The message before its parameters were filled in, where the client sent it; else without them.
    private func message() -> Choice? {
        var builder = VariantBuilder(explains: explains)
        if draft.isTransaction, let name = draft.text("transaction") {
            builder.add("transaction", name)
            return ("Grouped by the name of the transaction.", [builder.variant(named: "transaction")])
        }
        guard let text = draft.messageTemplate() else { return nil }
        var utf8: [UInt8] = []
        var message = text
        message.withUTF8 { Parameterizer.append($0.span, to: &utf8) }
        guard !utf8.isEmpty else { return nil }
        builder.add("message", utf8.span)
        return ("Grouped by the message.", [builder.variant(named: "message")])
    }

    private func nothing() -> Choice {
        var builder = VariantBuilder(explains: explains)
        builder.begin("nothing")
        let summary = "Grouped with all events of the project that say nothing."
        return (summary, [builder.variant(named: "nothing")])
    }

    /// How frames are called in the explanation; the fast path never asks.
    private var naming: (FrameReading) -> String {
        let draft = draft
        return { frame in
            var reader = FrameReader(platform: draft.platform)
            _ = reader.read(frame.node, FrameFields(frame.node, in: draft.document), in: draft.document)
            let text = reader.description
            if !text.isEmpty { return text }
            let parts = [
                draft.text("module", of: frame.node) ?? draft.text("filename", of: frame.node),
                draft.text("function", of: frame.node),
            ]
            let raw = parts.compactMap { $0 }.joined(separator: " in ")
            return raw.isEmpty ? "a frame without a name" : raw
        }
    }
}

extension EventDraft {
    /// The only crashed, else the only current, else the only thread, if it has frames.
    fileprivate func tellingThread() -> JSONNode? {
        let threads = values("threads")
        func marked(_ key: JSONKey) -> [JSONNode] {
            threads.filter { thread in
                document.member(key, of: thread).flatMap { document.bool($0) } == true
            }
        }
        let candidates = [marked("crashed"), marked("current"), threads]
        let thread = candidates.first { $0.count == 1 }?.first
        return thread.flatMap { frames(of: $0).isEmpty ? nil : $0 }
    }

    fileprivate func messageTemplate() -> String? {
        guard let entry = document["logentry"] else { return nil }
        let text = text("message", of: entry) ?? text("formatted", of: entry)
        return text.flatMap { $0.trimmingBlanks().isEmpty ? nil : $0 }
    }
}

/// What of a blocked address stays the same.
enum CSPOrigin {
    /// The host of a URL, the scheme of what has no host, any other word as it is.
    static func stable(of address: String) -> String {
        guard let colon = address.firstIndex(of: ":") else { return address }
        let rest = address[colon...].dropFirst()
        guard rest.hasPrefix("//") else { return String(address[..<colon]) }
        let host = rest.dropFirst(2).prefix { $0 != "/" && $0 != ":" && $0 != "?" && $0 != "#" }
        return host.lowercased()
    }
}
