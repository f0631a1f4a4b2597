// Finds errors about pieces of a page's code that could not be loaded, as after every release.

import TapeJSON

enum ChunkLoadFilter {
    static let finds: @Sendable (EventDraft) -> Bool = { draft in
        draft.exceptions.contains { exception in
            if let type = draft.document.member("type", of: exception),
                draft.document.isString(type, "ChunkLoadError")
            {
                return true
            }
            guard let value = draft.document.member("value", of: exception) else { return false }
            return draft.document.withText(value) { words.finds(in: $0) } ?? false
        }
    }

    private static let words = WordSearch([
        "chunkloaderror", "loading chunk ", "loading css chunk ",
        "failed to fetch dynamically imported module",
        "error loading dynamically imported module", "importing a module script failed",
    ])
}
