// Takes a line of rules apart into words.

import Model

/// The words of one line, quotes resolved; what stood outside of quotes can still be told.
struct RuleLine {
    struct Word: Equatable {
        var text: String
        /// Whether any of it stood in quotes, so that its marks mean nothing.
        var isQuoted = false
    }

    let number: Int
    let source: String
    private(set) var words: [Word] = []

    /// - Throws: ``RuleError`` when a quote is left open.
    init(_ source: String, number: Int) throws(RuleError) {
        self.number = number
        self.source = source
        var word: Word?
        var isInQuotes = false
        var isEscaped = false
        for character in source {
            if isEscaped {
                word?.text.append(character)
                isEscaped = false
            } else if isInQuotes, character == "\\" {
                isEscaped = true
            } else if character == "\"" {
                isInQuotes.toggle()
                word = word ?? Word(text: "")
                word?.isQuoted = true
            } else if !isInQuotes, character.isWhitespace {
                if let word { words.append(word) }
                word = nil
            } else {
                word = word ?? Word(text: "")
                word?.text.append(character)
            }
        }
        if isInQuotes { throw RuleError(line: number, reason: "a quotation mark is not closed") }
        if let word { words.append(word) }
    }

    func error(_ reason: String) -> RuleError {
        RuleError(line: number, reason: reason)
    }

    /// The lines of a text that say something, and what is wrong with the others.
    static func all<Rule>(
        of text: String, _ rule: (RuleLine) throws(RuleError) -> Rule
    ) -> (rules: [Rule], errors: [RuleError]) {
        var rules: [Rule] = []
        var errors: [RuleError] = []
        let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
        for (index, source) in lines.enumerated() {
            let source = source.trimmingBlanks()
            if source.isEmpty || source.hasPrefix("#") { continue }
            do throws(RuleError) {
                rules.append(try rule(try RuleLine(source, number: index + 1)))
            } catch {
                errors.append(error)
            }
        }
        return (rules, errors)
    }
}
