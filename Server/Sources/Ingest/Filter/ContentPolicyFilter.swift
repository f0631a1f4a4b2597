// Finds reports of a page's content policy by what was blocked, such as what browser extensions bring along.

import Model
import TapeJSON

enum ContentPolicyFilter {
    static func finding(_ patterns: [String]) -> EventFilters.Finding? {
        let sources = patterns.map { BlockedSource($0) }
        guard !sources.isEmpty else { return nil }
        return { draft in
            guard let report = draft.document["csp"] else { return nil }
            for source in [draft.text("blocked_uri", of: report), draft.text("source_file", of: report)] {
                guard let source, !source.isEmpty else { continue }
                // Browsers that do not want to tell an address name its scheme alone.
                let address = source.contains(":") ? source : "\(source)://any"
                if let found = sources.first(where: { $0.covers(address) }) { return .pattern(found.text) }
            }
            return nil
        }
    }
}

/// Sources of which reports are not wanted, as somebody has typed them.
private struct BlockedSource: Sendable {
    let text: String
    /// Most are written as origins are; the others are patterns of the whole address.
    private let origins: AllowedOrigins?
    private let pattern: TextPatterns?

    init(_ text: String) {
        self.text = text
        origins = text != "*" && AllowedOrigin(text) != nil ? AllowedOrigins([text]) : nil
        pattern = TextPatterns([text])
    }

    func covers(_ address: String) -> Bool {
        origins?.cover(address) == true || pattern?.first(matching: address) != nil
    }
}
