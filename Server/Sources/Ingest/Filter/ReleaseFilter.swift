// Finds events of releases that nobody cares for any more.

import TapeJSON

enum ReleaseFilter {
    static func finding(_ patterns: [String]) -> EventFilters.Finding? {
        guard let patterns = TextPatterns(patterns) else { return nil }
        return { draft in draft.document["release"].flatMap { patterns.first(matching: $0, in: draft) } }
    }
}
