// Cuts a search text into words, quoted phrases and terms.

/// A piece of a search text, and where it stands.
struct SearchToken: Equatable {
    enum Kind: Equatable {
        /// A bare word.
        case word
        /// What stood between double quotes.
        case phrase
        /// `key:value`, with a `!` in front of the key if it is negated.
        case term(key: String, value: String)
    }

    let kind: Kind
    /// The piece without its outer quotes.
    let text: String
    /// The number of its first character, counted from 1.
    let position: Int

    /// Cuts a search text at its blanks.
    static func tokens(of query: String) throws(APIError) -> [SearchToken] {
        let characters = Array(query)
        var tokens: [SearchToken] = []
        var index = 0
        while index < characters.count {
            if characters[index].isWhitespace {
                index += 1
                continue
            }
            let end = try endOfPiece(characters, from: index)
            tokens.append(try SearchToken(characters[index..<end]))
            index = end
        }
        return tokens
    }

    /// A refusal that names the token and its place.
    func refusal(_ reason: String) -> APIError {
        .badRequest("the term \(text) at position \(position) \(reason)")
    }

    private init(_ piece: ArraySlice<Character>) throws(APIError) {
        position = piece.startIndex + 1
        let source = String(piece)
        if piece.first == "\"", piece.dropFirst().firstUnescapedQuote == piece.endIndex - 1 {
            kind = .phrase
            text = String(piece.dropFirst().dropLast()).replacingEscapedQuotes
        } else if let (key, value) = Self.term(source) {
            kind = .term(key: key, value: value)
            text = source
        } else {
            kind = .word
            text = source.trimmingAsterisks
        }
        try refuseOperators(source)
    }

    /// Refuses what has a meaning in the language that is not understood yet.
    private func refuseOperators(_ source: String) throws(APIError) {
        guard case .word = kind else { return }
        if source == "OR" || source == "AND" || source.hasPrefix("(") || source.hasPrefix("!(") {
            throw refusal("is not supported yet; put it into double quotes to search for it as text")
        }
        if text.contains("*") {
            throw refusal("has a wildcard inside, which is not supported yet")
        }
    }

    /// Splits `key:value`, with quotes allowed around either; nil when the piece has no key.
    private static func term(_ source: String) -> (key: String, value: String)? {
        let isNegated = source.hasPrefix("!")
        let body = isNegated ? source.dropFirst() : source[...]
        guard let colon = body.firstIndex(of: ":") else { return nil }
        let key = body[..<colon].filter { $0 != "\"" }
        guard !key.isEmpty, key.allSatisfy(isKeyCharacter) else { return nil }
        return (
            key: (isNegated ? "!" : "") + key, value: body[body.index(after: colon)...].filter { $0 != "\"" }
        )
    }

    private static func isKeyCharacter(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || "_.-[]() ".contains(character))
    }

    /// Where the piece that begins at `start` ends: at the next blank outside quotes and brackets.
    private static func endOfPiece(_ characters: [Character], from start: Int) throws(APIError) -> Int {
        var index = start
        var isListOpen = false
        while index < characters.count {
            switch characters[index] {
            case "\"":
                guard let close = characters[(index + 1)...].firstUnescapedQuote else {
                    throw .badRequest("the quote at position \(index + 1) is not closed")
                }
                if index == start, isPhraseEnd(characters, close) { return close + 1 }
                index = close
            case "[" where index > start && characters[index - 1] == ":": isListOpen = true
            case "]": isListOpen = false
            case let character where character.isWhitespace && !isListOpen: return index
            default: break
            }
            index += 1
        }
        return index
    }

    /// Whether a closing quote ends the piece, unlike in `"a key":value`.
    private static func isPhraseEnd(_ characters: [Character], _ close: Int) -> Bool {
        close + 1 == characters.count || characters[close + 1] != ":"
    }
}

extension ArraySlice<Character> {
    /// The index of the first double quote that no backslash precedes.
    fileprivate var firstUnescapedQuote: Int? {
        var isEscaped = false
        for index in indices {
            if self[index] == "\"", !isEscaped { return index }
            isEscaped = self[index] == "\\" && !isEscaped
        }
        return nil
    }
}

extension String {
    /// The text with `\"` read as `"`.
    fileprivate var replacingEscapedQuotes: String {
        split(separator: "\\\"", omittingEmptySubsequences: false).joined(separator: "\"")
    }

    /// The text without asterisks at its ends, where they change nothing of a search for what contains it.
    fileprivate var trimmingAsterisks: String {
        var rest = self[...]
        while rest.first == "*" { rest.removeFirst() }
        while rest.last == "*" { rest.removeLast() }
        return String(rest)
    }
}
