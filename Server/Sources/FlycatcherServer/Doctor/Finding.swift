// One thing that was looked at, how it is, and what to do about it.

/// What a check of the installation found.
public struct Finding: Hashable, Sendable {
    /// How bad it is.
    public enum State: String, Sendable {
        case ok
        /// It works, and will not for ever.
        case warning
        /// Events are lost, refused or cannot be read, or soon will be.
        case problem
    }

    /// What was looked at, in a word or two.
    public let subject: String
    public let state: State
    /// How it is.
    public let text: String
    /// What to do; nil when nothing is to be done.
    public let advice: String?

    static func ok(_ subject: String, _ text: String) -> Finding {
        Finding(subject: subject, state: .ok, text: text, advice: nil)
    }

    static func warning(_ subject: String, _ text: String, do advice: String) -> Finding {
        Finding(subject: subject, state: .warning, text: text, advice: advice)
    }

    static func problem(_ subject: String, _ text: String, do advice: String) -> Finding {
        Finding(subject: subject, state: .problem, text: text, advice: advice)
    }
}
