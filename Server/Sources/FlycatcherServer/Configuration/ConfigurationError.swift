// Why the server cannot start with the settings it was given.

/// A setting that makes no sense; the text says which one, where it came from and what would be right.
public struct ConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Where the value came from: an option or a variable.
    public let origin: String
    /// The value as it was given; nil when it is a secret.
    public let value: String?
    /// What is expected instead.
    public let expectation: String

    /// The message for whoever started the server.
    public var description: String {
        let given = value.map { " '\($0)'" } ?? ""
        return "\(origin)\(given) does not work: \(expectation)"
    }
}
