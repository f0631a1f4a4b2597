// Finds transactions by their names, such as those of health checks.

import TapeJSON

enum TransactionFilter {
    static func finding(_ patterns: [String]) -> EventFilters.Finding? {
        guard let patterns = TextPatterns(patterns) else { return nil }
        return { draft in draft.document["transaction"].flatMap { patterns.first(matching: $0, in: draft) } }
    }
}
