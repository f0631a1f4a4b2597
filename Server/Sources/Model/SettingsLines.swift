// Lists of short texts as people type them, one a line, checked before they are kept.

/// What somebody typed as a list, read, or what is wrong with it by line.
public struct SettingsLines: Sendable {
    /// The entries without blanks around them; empty lines are left out.
    public let entries: [String]
    public let errors: [RuleError]

    /// Reads a list.
    ///
    /// - Parameters:
    ///   - limit: how many entries there may be.
    ///   - problem: what is wrong with an entry; nil when nothing is.
    public init(_ lines: [String], limit: Int, problem: (String) -> String?) {
        var entries: [String] = []
        var errors: [RuleError] = []
        for (index, line) in lines.enumerated() {
            let words = line.split(separator: " ", omittingEmptySubsequences: true)
            guard let first = words.first, let last = words.last else { continue }
            let entry = String(line[first.startIndex..<last.endIndex])
            if entries.count == limit {
                errors.append(RuleError(line: index + 1, reason: "at most \(limit) entries are kept"))
                break
            }
            if let problem = problem(entry) {
                errors.append(RuleError(line: index + 1, reason: problem))
            } else {
                entries.append(entry)
            }
        }
        self.entries = entries
        self.errors = errors
    }

    /// Words, or whole names, of secrets.
    public static func names(_ lines: [String]) -> SettingsLines {
        SettingsLines(lines, limit: ScrubbingSettings.maximumCount) { name in
            if name.utf8.count > ScrubbingSettings.maximumLength {
                return "a name has at most \(ScrubbingSettings.maximumLength) bytes"
            }
            // A word of one letter would take out nearly everything.
            return name.utf8.count < 2 ? "a name has at least two letters" : nil
        }
    }

    /// Origins of pages.
    public static func origins(_ lines: [String]) -> SettingsLines {
        SettingsLines(lines, limit: AllowedOrigin.maximumCount) { text in
            AllowedOrigin(text) == nil
                ? "'\(text.prefix(60))' is no origin; write example.org, *.example.org, https://example.org or *"
                : nil
        }
    }

    /// The lines of a text.
    public static func lines(of text: String) -> [String] {
        text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
    }
}
