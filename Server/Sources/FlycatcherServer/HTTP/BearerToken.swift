// The secret that a program shows to be let in.

/// The token of an `Authorization: Bearer …` header; prints itself as `***`.
struct BearerToken: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    let text: String

    /// Reads the header; nil when it is of another kind or names no token.
    init?(header: String) {
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        let text = parts[1].filter { $0 != " " }
        guard !text.isEmpty, text.utf8.count <= 1000 else { return nil }
        self.text = text
    }

    var description: String { "***" }
    var customMirror: Mirror { Mirror(self, children: []) }
}
