// What counts as secret in the events of a project.

public import Model

/// How the events of a project are scrubbed; read once and used for every event.
public final class ScrubbingRules: Sendable {
    /// What holds unless a project says otherwise.
    public static let usual = ScrubbingRules()

    /// Whether secrets are taken out.
    let isOn: Bool
    /// Whether addresses of users are.
    let removesAddresses: Bool
    private let names: SecretNames
    /// Names that are never a secret's, in lower case.
    private let safe: [[UInt8]]

    /// Makes the rules of a project.
    ///
    /// - Parameters:
    ///   - isOn: Whether secrets are taken out at all.
    ///   - additionalWords: Words that mark a name as a secret's, beside the usual ones.
    ///   - safeNames: Names that are no secret's although they hold such a word; whole names, in any case.
    ///   - removesAddresses: Whether addresses of users are taken out too.
    public init(
        isOn: Bool = true, additionalWords: [String] = [], safeNames: [String] = [],
        removesAddresses: Bool = false
    ) {
        self.isOn = isOn
        self.removesAddresses = removesAddresses
        names =
            additionalWords.isEmpty ? .usual : SecretNames(words: SecretNames.usualWords + additionalWords)
        safe = safeNames.map { Array($0.lowercased().utf8) }
    }

    /// Reads what a project says.
    public convenience init(_ settings: ScrubbingSettings) {
        self.init(
            isOn: settings.isOn, additionalWords: settings.additionalWords, safeNames: settings.safeNames,
            removesAddresses: settings.removesAddresses)
    }

    /// Whether what a name stands for is secret.
    func isSecret(_ name: Span<UInt8>) -> Bool {
        guard names.contain(name) else { return false }
        return !safe.contains { safe in
            safe.count == name.count && name.indices.allSatisfy { Bytes.lowered(name[$0]) == safe[$0] }
        }
    }

    /// A text without its secrets, and why the first of them went; nil when it holds none.
    func clean(_ text: Span<UInt8>, _ language: SecretText.Language) -> (text: String, rule: ScrubbingRule)? {
        let secrets = SecretText.secrets(in: text, self, language)
        guard let first = secrets.first else { return nil }
        var kept: [UInt8] = []
        var end = 0
        for secret in secrets where secret.place.lowerBound >= end {
            kept.append(span: text.extracting(end..<secret.place.lowerBound))
            kept.append(contentsOf: Scrubbing.filtered.utf8)
            end = secret.place.upperBound
        }
        kept.append(span: text.extracting(end..<text.count))
        return (String(decoding: kept, as: UTF8.self), first.rule)
    }
}

extension Notes {
    /// Takes secrets out of what notes quote: a value that holds a secret's name is not quoted at all.
    mutating func scrub(_ rules: ScrubbingRules) {
        changeValues { path, value in
            var (value, last) = (value, path.last ?? "")
            let isSecret =
                value.withUTF8 { rules.isSecret($0.span) } || last.withUTF8 { rules.isSecret($0.span) }
            if isSecret { return Scrubbing.filtered }
            return value.withUTF8 { rules.clean($0.span, .prose)?.text } ?? value
        }
    }
}
