// Finds errors of React about pages that the server and the browser draw differently.

import TapeJSON

/// Extensions and translators that change pages cause them more often than apps do.
enum HydrationFilter {
    static let finds: @Sendable (EventDraft) -> Bool = { draft in
        draft.exceptions.contains { exception in
            guard let value = draft.document.member("value", of: exception) else { return false }
            return draft.document.withText(value) { words.finds(in: $0) } ?? false
        }
    }

    /// In full, and as builds for production say it: by the number of the message.
    private static let words = WordSearch(
        [
            "hydration failed because", "error while hydrating",
            "text content does not match server-rendered",
            "did not match what was rendered on the server", "entire root will switch to client rendering",
        ]
            + ["418", "419", "422", "423", "425"].flatMap {
                ["minified react error #\($0)", "react.dev/errors/\($0)", "invariant=\($0)"]
            })
}
