// Looks for a person in texts, and takes them out.

/// A trait, made ready to be looked for in very many texts.
struct TraitSearch: Sendable {
    let trait: PersonalTrait
    /// What is looked for in texts: an address as it is, and as addresses of pages write it; never an id.
    let words: [SoughtWord]

    init(_ trait: PersonalTrait) {
        self.trait = trait
        words =
            switch trait {
            case .userID: []
            case .email(let email):
                [
                    SoughtWord(email, .email),
                    SoughtWord(email.split(separator: "@").joined(separator: "%40"), .email),
                ]
            case .address(let address):
                [SoughtWord(address, address.contains(":") ? .longAddress : .address)]
            }
    }

    /// What stands where it stood.
    static let mark = "[erased]"

    /// The text without the trait; nil when it does not hold it.
    ///
    /// An id is too short and common a word to be looked for in prose: it counts only as the value of the tag `user`.
    func rewritten(_ text: String) -> String? {
        if case .userID(let id) = trait { return text == "id:\(id)" ? "id:\(Self.mark)" : nil }
        return words.reduce(nil) { $1.replaced(in: $0 ?? text, by: Self.mark) ?? $0 }
    }

    /// Whether the text holds the trait.
    func finds(_ text: String) -> Bool {
        if case .userID = trait { return rewritten(text) != nil }
        let bytes = Array(text.utf8)
        return words.contains { $0.firstIndex(in: bytes) != nil }
    }
}
