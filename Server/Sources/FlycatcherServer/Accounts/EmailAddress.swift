// The address by which a user is known.

/// An e-mail address in the form in which it is kept: trimmed and in lower case.
struct EmailAddress: Hashable, Sendable {
    let text: String

    /// Takes `name@host` of at most 254 printable characters; nil for any other text.
    ///
    /// Whether mail arrives there is another question, so nothing more is asked of it.
    init?(_ text: String) {
        let trimmed = text.split(separator: " ", omittingEmptySubsequences: true)
        guard trimmed.count == 1, let address = trimmed.first?.lowercased() else { return nil }
        let parts = address.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), address.utf8.count <= 254,
            address.unicodeScalars.allSatisfy({ $0.value > 0x20 && !(0x7F...0x9F).contains($0.value) })
        else { return nil }
        self.text = address
    }
}
