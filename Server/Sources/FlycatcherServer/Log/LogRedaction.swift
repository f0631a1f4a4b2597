// Puts `***` in the place of secrets that found their way into a log line.

/// The last line of defence: no code of ours writes secrets into log lines, but errors of libraries may quote requests.
enum LogRedaction {
    /// The text without what looks like a secret of ours.
    ///
    /// Keys in DSNs and addresses, tokens, cookies, form tokens and sign-in links are known by what stands before them.
    static func redacted(_ text: String) -> String {
        guard marks.contains(where: { text.contains($0.text) }) else { return text }
        var text = text
        for mark in marks { text = replaced(text, after: mark) }
        return text
    }

    private struct Mark {
        let text: String
        /// What a secret behind it is made of.
        let isPart: @Sendable (UInt8) -> Bool
        /// What must follow for it to be a secret; nil for anything.
        var end: UInt8?
        /// Shorter words are no secrets.
        var minimumLength = 1
    }

    private static let marks = [
        Mark(text: "://", isPart: { isWord($0) || $0 == UInt8(ascii: ":") }, end: UInt8(ascii: "@")),
        Mark(text: "sentry_key=", isPart: isWord), Mark(text: "sentry_secret=", isPart: isWord),
        Mark(text: "Bearer ", isPart: isWord), Mark(text: "bearer ", isPart: isWord),
        Mark(text: "DSN ", isPart: isWord, minimumLength: 16),
        Mark(text: "flycatcher_session=", isPart: isWord), Mark(text: "flycatcher_guest=", isPart: isWord),
        Mark(text: "form_token=", isPart: isWord), Mark(text: "password=", isPart: { !$0.endsValue }),
        Mark(text: Accounts.tokenPrefix, isPart: isWord),
        Mark(text: "/sign-in/", isPart: isWord, minimumLength: 20),
    ]

    @Sendable private static func isWord(_ byte: UInt8) -> Bool {
        byte &- UInt8(ascii: "0") < 10 || (byte | 0x20) &- UInt8(ascii: "a") < 26
            || "-_.~+%".utf8.contains(byte)
    }

    private static func replaced(_ text: String, after mark: Mark) -> String {
        var out = ""
        var rest = text[...]
        while let place = rest.firstRange(of: mark.text) {
            out += rest[..<place.upperBound]
            let secret = rest[place.upperBound...].utf8.prefix(while: mark.isPart)
            rest = rest[secret.endIndex...]
            let isEnded = mark.end.map { rest.utf8.first == $0 } ?? true
            out += isEnded && secret.count >= mark.minimumLength ? "***" : String(Substring(secret))
        }
        return out + rest
    }
}

extension UInt8 {
    /// Whether a value of a form or a query ends here.
    fileprivate var endsValue: Bool { self <= 0x20 || "&;\"',".utf8.contains(self) }
}
