// Finds errors and messages by what they say.

import TapeJSON

/// Each exception is read as `type: value`, or as the one of both that it has, and the message as its readers see it.
enum ErrorMessageFilter {
    static func finding(_ patterns: [String]) -> EventFilters.Finding? {
        guard let patterns = TextPatterns(patterns) else { return nil }
        return { draft in
            for exception in draft.exceptions {
                let parts = [draft.text("type", of: exception), draft.text("value", of: exception)]
                let text = parts.compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: ": ")
                if !text.isEmpty, let trigger = patterns.first(matching: text) { return trigger }
            }
            guard let entry = draft.document["logentry"],
                let message = draft.document.member("formatted", of: entry)
                    ?? draft.document.member("message", of: entry)
            else { return nil }
            return patterns.first(matching: message, in: draft)
        }
    }
}

/// Some patterns, of which one is enough.
struct TextPatterns: Sendable {
    private let patterns: [(text: String, pattern: TextPattern)]

    /// Nil when none of the texts is a pattern; those that are none have been refused when they were typed.
    init?(_ texts: [String]) {
        patterns = texts.compactMap { text in (try? TextPattern(text)).map { (text, $0) } }
        if patterns.isEmpty { return nil }
    }

    /// The first pattern that a text fits.
    func first(matching text: String) -> EventFilters.Trigger? {
        patterns.first { $0.pattern.matches(text) }.map { .pattern($0.text) }
    }

    /// The first pattern that the text at a place fits.
    func first(matching node: JSONNode, in draft: EventDraft) -> EventFilters.Trigger? {
        let index: Int? =
            draft.document.withText(node) { text in
                for index in patterns.indices where patterns[index].pattern.matches(text) { return index }
                return nil
            } ?? nil
        return index.map { .pattern(patterns[$0].text) }
    }
}
