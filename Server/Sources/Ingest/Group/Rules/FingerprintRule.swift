// Rules that say which events belong together: `error.type:Timeout* -> timeout, {{ transaction }} title="Timeouts"`.

import Model
import TapeJSON

/// One line of a project's fingerprint rules.
struct FingerprintRule: Sendable {
    /// The line as it is written.
    let source: String
    private let matchers: [RuleMatcher]
    private let parts: [String]
    private let title: String?

    init(_ line: RuleLine) throws(RuleError) {
        guard let arrow = line.words.firstIndex(where: { $0.text == "->" && !$0.isQuoted }) else {
            throw line.error("“->” between the conditions and the fingerprint is missing")
        }
        var matchers: [RuleMatcher] = []
        for word in line.words[..<arrow] {
            guard let matcher = try RuleMatcher(word, on: line) else {
                throw line.error("“\(word.text)” is no condition; write one as name:pattern")
            }
            matchers.append(matcher)
        }
        if matchers.isEmpty { throw line.error("a condition in front of “->” is missing") }
        self.matchers = matchers
        source = line.source
        (parts, title) = try Self.fingerprint(in: line.words[(arrow + 1)...], of: line)
        if parts.isEmpty { throw line.error("a fingerprint behind “->” is missing") }
    }

    /// Texts between commas, `{{ name }}` being one however it is spaced; `title="…"` anywhere among them.
    private static func fingerprint(
        in words: ArraySlice<RuleLine.Word>, of line: RuleLine
    ) throws(RuleError) -> ([String], title: String?) {
        var parts: [String] = []
        var title: String?
        var part = ""
        for word in words {
            if word.isQuoted, word.text.hasPrefix("title=") {
                title = String(word.text.dropFirst(6))
                continue
            }
            if word.isQuoted, let equals = word.text.firstIndex(of: "="),
                word.text[..<equals].allSatisfy({ $0.isLetter })
            {
                throw line.error("“\(word.text[..<equals])” is no attribute; there is only title")
            }
            part += part.isEmpty ? word.text : " " + word.text
            while !word.isQuoted, let comma = part.firstIndex(of: ",") {
                parts.append(part[..<comma].trimmingBlanks())
                part = part[comma...].dropFirst().trimmingBlanks()
            }
        }
        if !part.isEmpty { parts.append(part) }
        for part in parts where part.hasPrefix("{{") && part.hasSuffix("}}") {
            if case .text = Fingerprint.Part(part) { throw line.error("“\(part)” is no variable") }
        }
        return (parts.filter { !$0.isEmpty }, title)
    }

    /// What it says of an event; nil when its conditions do not hold.
    func apply(to draft: EventDraft) -> RuledFingerprint? {
        guard matches(draft) else { return nil }
        return RuledFingerprint(
            fingerprint: Fingerprint(parts: parts.map { Fingerprint.Part($0) }), rule: source,
            title: title.map { EventVariables(draft: draft).filled($0) })
    }

    private func matches(_ draft: EventDraft) -> Bool {
        let ofFrame = matchers.filter(\.subject.isOfFrame)
        let ofException = matchers.filter(\.subject.isOfException)
        for matcher in matchers
        where !matcher.subject.isOfFrame && !matcher.subject.isOfException && !matcher.matches(event: draft) {
            return false
        }
        if !ofException.isEmpty {
            let holds = draft.exceptions.contains { exception in
                ofException.allSatisfy { $0.matches(exception: exception, in: draft) }
            }
            if !holds { return false }
        }
        return ofFrame.isEmpty || hasFrame(draft, ofFrame)
    }

    /// Whether all conditions hold for one and the same frame.
    private func hasFrame(_ draft: EventDraft, _ matchers: [RuleMatcher]) -> Bool {
        let owners = draft.exceptions.isEmpty ? draft.values("threads") : draft.exceptions
        return owners.contains { owner in
            draft.frames(of: owner).contains { frame in
                let fields = FrameFields(frame, in: draft.document)
                let isInApp = draft.isInApp(frame) == true
                return matchers.allSatisfy {
                    $0.matches(fields, isInApp: isInApp, platform: draft.platform, in: draft.document)
                }
            }
        }
    }
}
