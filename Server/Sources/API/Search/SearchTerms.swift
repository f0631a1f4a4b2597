// Reads the search language, as far as it is understood yet; what is not is refused, never overlooked.

import Model

/// What a search text asks for.
struct SearchTerms: Equatable {
    /// Only issues with this status; nil for all.
    var status: IssueStatus?
    /// Only issues whose title, culprit or location contains this; empty for all.
    var text = ""

    /// Reads a search text; nil, which is no text at all, asks for unresolved issues.
    ///
    /// - Throws: ``APIError/badRequest(_:)`` naming the term and where it stands.
    init(_ query: String?) throws(APIError) {
        guard let query else {
            status = .unresolved
            return
        }
        guard query.utf8.count <= Self.maximumLength else {
            throw .badRequest("the search is longer than \(Self.maximumLength) bytes")
        }
        var words: [String] = []
        var phrases: [String] = []
        for token in try SearchToken.tokens(of: query) {
            switch token.kind {
            case .word: words.append(token.text)
            case .phrase: phrases.append(token.text)
            case .term(let key, let value): status = try Self.status(key, value, in: token, besides: status)
            }
        }
        text = try Self.singleText(words: words, phrases: phrases)
    }

    static let maximumLength = 4_096

    private static func status(
        _ key: String, _ value: String, in token: SearchToken, besides other: IssueStatus?
    ) throws(APIError) -> IssueStatus {
        guard key == "is", let status = IssueStatus(searchWord: value) else {
            throw token.refusal("is not supported yet; put it into double quotes to search for it as text")
        }
        guard other == nil || other == status else { throw token.refusal("contradicts an earlier term") }
        return status
    }

    /// All bare words together are one phrase; the store looks for one text at a time.
    private static func singleText(words: [String], phrases: [String]) throws(APIError) -> String {
        let texts = words.isEmpty ? phrases : phrases + [words.joined(separator: " ")]
        guard texts.count <= 1 else {
            throw .badRequest(
                "more than one text is not supported yet; put all of it into one pair of double quotes")
        }
        return texts.first ?? ""
    }
}

extension IssueStatus {
    /// Reads the value of an `is:` term.
    init?(searchWord: String) {
        switch searchWord {
        case "unresolved": self = .unresolved
        case "resolved": self = .resolved
        case "archived", "ignored", "muted": self = .archived
        default: return nil
        }
    }
}
