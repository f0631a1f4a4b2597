// Which texts are meant: those that contain something, or those that match an expression.

import Synchronization

extension Flycatcher {
    /// A piece of text or a regular expression; a string literal stands for the piece.
    ///
    /// ```swift
    /// options.tracePropagationTargets = ["api.example.com", .matching(/^https:\/\/[a-z]+\.internal\//)]
    /// ```
    public struct TextPattern: Sendable, ExpressibleByStringLiteral {
        private enum Kind: Sendable {
            case containing(String)
            case matching(Expression)
        }

        private let kind: Kind

        /// Means texts that have `piece` in them, with the same upper and lower case.
        public static func containing(_ piece: String) -> TextPattern {
            TextPattern(kind: .containing(piece))
        }

        /// Means texts in which `expression` finds something.
        public static func matching<Output>(_ expression: sending Regex<Output>) -> TextPattern {
            TextPattern(kind: .matching(Expression(expression)))
        }

        /// Takes a piece of text.
        public init(stringLiteral value: String) {
            self.init(kind: .containing(value))
        }

        private init(kind: Kind) {
            self.kind = kind
        }

        func matches(_ text: String) -> Bool {
            switch kind {
            case .containing(let piece): text.contains(piece)
            case .matching(let expression): expression.matches(text)
            }
        }
    }
}

extension Sequence<Flycatcher.TextPattern> {
    func matches(_ text: String) -> Bool {
        contains { $0.matches(text) }
    }
}

/// A regular expression that several threads may ask; the lock is there because `Regex` is not `Sendable`.
private final class Expression: Sendable {
    private let regex: Mutex<Regex<AnyRegexOutput>>

    init<Output>(_ regex: sending Regex<Output>) {
        self.regex = Mutex(Regex<AnyRegexOutput>(regex))
    }

    func matches(_ text: String) -> Bool {
        // An expression that fails on a text, as a custom one may, has not found anything in it.
        regex.withLock { regex in (try? regex.firstMatch(in: text)) != nil }
    }
}
