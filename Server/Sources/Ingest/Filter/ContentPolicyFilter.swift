// Finds reports of a page's content policy by what was blocked, such as what browser extensions bring along.

import Model
import TapeJSON

enum ContentPolicyFilter {
    static func finding(_ patterns: [String]) -> EventFilters.Finding? {
        guard !patterns.isEmpty else { return nil }
        // Most sources are written as origins are; the others as patterns of the whole address.
        let origins = AllowedOrigins(patterns.filter { AllowedOrigin($0) != nil && $0 != "*" })
        let texts = TextPatterns(patterns)
        return { draft in
            guard let report = draft.document["csp"] else { return false }
            for source in [draft.text("blocked_uri", of: report), draft.text("source_file", of: report)] {
                guard let source, !source.isEmpty else { continue }
                // Browsers that do not want to tell an address name its scheme alone.
                let address = source.contains(":") ? source : "\(source)://any"
                if origins?.cover(address) == true || texts?.match(address) == true { return true }
            }
            return false
        }
    }
}
