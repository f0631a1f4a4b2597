// A text that is shown up to a length.

/// The beginning of a text that may be huge.
struct BoundedText: Sendable {
    /// What is shown: the whole text, or its beginning with an ellipsis.
    let shown: String

    /// Takes at most `limit` bytes of the text, cut between code points.
    init(_ text: String, limit: Int = .max) {
        guard text.utf8.count > limit else {
            shown = text
            return
        }
        var end = text.utf8.index(text.startIndex, offsetBy: limit)
        while end > text.startIndex, UTF8.isContinuation(text.utf8[end]) {
            end = text.utf8.index(before: end)
        }
        shown = text[..<end] + "…"
    }
}
