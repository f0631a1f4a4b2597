// Looks for any of some words in a text, whatever their case.

/// Words by their first letter, so that most places of a text are passed by with one look.
struct WordSearch: Sendable {
    /// By first byte, in lower case; empty for most.
    private let words: [[[UInt8]]]

    /// Takes words of plain letters and signs.
    init(_ words: [String]) {
        var table = [[[UInt8]]](repeating: [], count: 256)
        for word in words {
            let bytes = Array(word.lowercased().utf8)
            if let first = bytes.first { table[Int(first)].append(bytes) }
        }
        self.words = table
    }

    /// Whether one of them stands anywhere in a text.
    func finds(in text: Span<UInt8>) -> Bool {
        for start in text.indices {
            for word in words[Int(Bytes.lowered(text[start]))] where Self.stands(word, in: text, at: start) {
                return true
            }
        }
        return false
    }

    func finds(in text: String) -> Bool {
        var text = text
        return text.withUTF8 { finds(in: $0.span) }
    }

    private static func stands(_ word: [UInt8], in text: Span<UInt8>, at start: Int) -> Bool {
        guard start + word.count <= text.count else { return false }
        for index in word.indices where Bytes.lowered(text[start + index]) != word[index] { return false }
        return true
    }
}
