// Which values are left out because of their names.

/// What stands in the place of a value that is not to be sent.
let filteredText = "[Filtered]"

/// The names whose values are secrets (protocol section 21.10).
enum SensitiveName {
    private static let words = [
        "auth", "token", "secret", "password", "passwd", "pwd", "key", "jwt", "bearer", "sso", "saml", "csrf",
        "xsrf", "credentials", "session", "sid", "identity",
    ]

    static func isOne(_ name: String) -> Bool {
        name.containsAny(of: words)
    }
}

extension Flycatcher.DataCollection.Values {
    /// The value as it is sent under its name; call it only where names are sent at all.
    func sent(_ value: String, of name: String) -> String {
        isSent(name) ? value : filteredText
    }

    /// Whether the value of a name is sent as it is.
    func isSent(_ name: String) -> Bool {
        guard !SensitiveName.isOne(name) else { return false }
        return switch self {
        case .off: false
        case .except(let words): !name.containsAny(of: words)
        case .only(let words): name.containsAny(of: words)
        }
    }
}

extension String {
    /// Whether one of the words stands in the text, in upper or lower case.
    ///
    /// It compares bytes, because every name of every request is looked at, and searching for texts by characters
    /// takes ten times as long.
    func containsAny(of words: [String]) -> Bool {
        let text = Array(lowercased().utf8)
        return words.contains { word in
            let word = Array(word.lowercased().utf8)
            guard !word.isEmpty, word.count <= text.count else { return false }
            return (0...(text.count - word.count)).contains { text[$0...].starts(with: word) }
        }
    }
}
