// A password that someone chose, checked once.

/// A password good enough to be kept; prints itself as `***`.
struct Password: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    let text: String

    static let minimumLength = 8
    /// Hashing takes time in proportion, so nobody may send a book.
    static let maximumLength = 1000

    /// Takes 8 to 1,000 characters; nil for any other text.
    init?(_ text: String) {
        guard text.count >= Self.minimumLength, text.utf8.count <= Self.maximumLength else { return nil }
        self.text = text
    }

    /// What a person must know who is refused.
    static let rule = "a password needs at least \(minimumLength) characters, and at most \(maximumLength)"

    var description: String { "***" }
    var customMirror: Mirror { Mirror(self, children: []) }
}
