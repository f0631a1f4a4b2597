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
                if !text.isEmpty, patterns.match(text) { return true }
            }
            guard let entry = draft.document["logentry"],
                let message = draft.document.member("formatted", of: entry)
                    ?? draft.document.member("message", of: entry)
            else { return false }
            return patterns.match(message, in: draft)
        }
    }
}

/// Some patterns, of which one is enough.
struct TextPatterns: Sendable {
    private let patterns: [TextPattern]

    /// Nil when none of the texts is a pattern; those that are none have been refused when they were typed.
    init?(_ texts: [String]) {
        patterns = texts.compactMap { try? TextPattern($0) }
        if patterns.isEmpty { return nil }
    }

    func match(_ text: String) -> Bool {
        patterns.contains { $0.matches(text) }
    }

    /// Whether the text at a place fits.
    func match(_ node: JSONNode, in draft: EventDraft) -> Bool {
        draft.document.withText(node) { text in
            for pattern in patterns where pattern.matches(text) { return true }
            return false
        } ?? false
    }
}
