// Which errors are meant: by their type, or by what they are called and say.

extension Flycatcher {
    /// A type of error, or a text; a string literal stands for texts that contain it.
    ///
    /// ```swift
    /// options.ignoreErrors += [.type(NotFound.self), "connection reset", .text(.matching(/^Timeout/))]
    /// ```
    ///
    /// A text is looked for in `Type: what the error says` and in `Module.Type`.
    public struct ErrorPattern: Sendable, ExpressibleByStringLiteral {
        private enum Kind: Sendable {
            case type(@Sendable (any Error) -> Bool, name: String)
            case text(TextPattern)
        }

        private let kind: Kind

        /// Means errors of a type, and of its subclasses.
        public static func type<Failure: Error>(_ type: Failure.Type) -> ErrorPattern {
            ErrorPattern(kind: .type({ $0 is Failure }, name: String(describing: type)))
        }

        /// Means errors that are called so, or say so.
        public static func text(_ pattern: TextPattern) -> ErrorPattern {
            ErrorPattern(kind: .text(pattern))
        }

        /// Takes a piece of what errors are called or say.
        public init(stringLiteral value: String) {
            self.init(kind: .text(.containing(value)))
        }

        private init(kind: Kind) {
            self.kind = kind
        }
    }
}
