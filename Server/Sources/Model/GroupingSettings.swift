// What a project says about grouping: its rules as text, and the version they are read by.

/// The grouping settings of one project.
public struct GroupingSettings: Hashable, Sendable {
    /// The version of the algorithm that groups new events, such as `v1`.
    public var algorithm: String
    /// Fingerprint rules, one a line.
    public var fingerprintRules: String
    /// Stack-trace rules, one a line.
    public var stackRules: String

    public init(algorithm: String = "v1", fingerprintRules: String = "", stackRules: String = "") {
        self.algorithm = algorithm
        self.fingerprintRules = fingerprintRules
        self.stackRules = stackRules
    }
}

/// A line of rules that cannot be read, and why.
public struct RuleError: Error, Hashable, Sendable, CustomStringConvertible {
    /// From 1 on.
    public let line: Int
    public let reason: String

    public init(line: Int, reason: String) {
        self.line = line
        self.reason = reason
    }

    public var description: String { "line \(line): \(reason)" }
}
