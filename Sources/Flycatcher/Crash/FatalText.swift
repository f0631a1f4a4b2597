// Reads the text with which the Swift runtime ends a program.

/// `Shop/Cart.swift:13: Fatal error: the cart is empty`, taken apart.
struct FatalText: Hashable {
    private static let kinds = ["Fatal error", "Precondition failed", "Assertion failed"]
    private static let uncaught = "Error raised at top level: "

    /// What kind of end it is.
    let kind: String
    /// What is said about it, without kind and place; empty when nothing is.
    let text: String
    /// The file and line that it names.
    let place: String?

    init(_ whole: String) {
        let whole = whole.trimmed
        for kind in Self.kinds {
            guard let start = Self.start(of: kind, in: whole) else { continue }
            let rest = whole[start...].dropFirst(kind.count)
            let place = whole[..<start].dropLast(2)
            self.kind = kind
            text = String(rest.drop { $0 == ":" }).trimmed
            self.place = place.isEmpty ? nil : String(place)
            return
        }
        (kind, text, place) = (Self.kinds[0], whole, nil)
    }

    /// Whether it is an error that `main` threw, or a script at its top level.
    var isUncaughtError: Bool { text.hasPrefix(Self.uncaught) }

    /// Where a kind stands at the beginning or behind a place.
    private static func start(of kind: String, in text: String) -> String.Index? {
        for start in text.indices where text[start...].hasPrefix(kind) {
            let next = text[start...].dropFirst(kind.count).first
            let isWhole = next == nil || next == ":" || next == "\n"
            if isWhole, start == text.startIndex || text[..<start].hasSuffix(": ") { return start }
        }
        return nil
    }
}

extension String {
    fileprivate var trimmed: String {
        let isBlank: (Character) -> Bool = { $0.isWhitespace || $0.isNewline }
        return String(drop(while: isBlank).reversed().drop(while: isBlank).reversed())
    }
}
