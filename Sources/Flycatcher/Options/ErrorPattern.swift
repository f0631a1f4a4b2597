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

        fileprivate func matchesType(of error: any Error) -> Bool {
            if case .type(let isMeant, _) = kind { isMeant(error) } else { false }
        }

        fileprivate func isType(named name: String?) -> Bool {
            if case .type(_, let ownName) = kind { ownName == name } else { false }
        }

        fileprivate var text: TextPattern? {
            if case .text(let pattern) = kind { pattern } else { nil }
        }
    }
}

extension Sequence<Flycatcher.ErrorPattern> {
    /// Whether one of them means the error.
    func match(_ error: any Error) -> Bool {
        contains { $0.matchesType(of: error) } || matchText { Flycatcher.ExceptionValue(describing: error) }
    }

    /// Whether one of them means an error that is known by what is reported of it.
    func match(_ exception: Flycatcher.ExceptionValue) -> Bool {
        contains { $0.isType(named: exception.type) } || matchText { exception }
    }

    private func matchText(_ exception: () -> Flycatcher.ExceptionValue) -> Bool {
        let patterns = compactMap(\.text)
        guard !patterns.isEmpty else { return false }
        let exception = exception()
        let type = exception.type ?? ""
        return patterns.matches("\(type): \(exception.value ?? "")")
            || patterns.matches("\(exception.module ?? "").\(type)")
    }
}
