// What a project says about grouping: its rules as text, and the version they are read by.

public import FlycatcherWire

/// The grouping settings of one project.
public struct GroupingSettings: Hashable, Sendable {
    /// The version of the algorithm that groups new events, such as `v1`.
    public var algorithm: String
    /// Fingerprint rules, one a line.
    public var fingerprintRules: String
    /// Stack-trace rules, one a line.
    public var stackRules: String
    /// What keeps the issues of an earlier version; nil when there is none, or when they have had their time.
    public var transition: Transition?

    /// An earlier version, by whose hashes events still find their issues until a moment.
    public struct Transition: Hashable, Sendable {
        public let from: String
        public let until: Timestamp

        public init(from: String, until: Timestamp) {
            self.from = from
            self.until = until
        }
    }

    /// How long issues of an earlier version are found: those that are seen at all within that time stay.
    public static let transitionDays: Int64 = 30

    public init(algorithm: String = "v1", fingerprintRules: String = "", stackRules: String = "") {
        self.algorithm = algorithm
        self.fingerprintRules = fingerprintRules
        self.stackRules = stackRules
    }

    /// The same under another version, for a time beside the present one.
    public func moved(to algorithm: String, at moment: Timestamp) -> GroupingSettings {
        guard algorithm != self.algorithm else { return self }
        let time = Self.transitionDays * 86_400_000_000
        var settings = self
        settings.transition = Transition(from: self.algorithm, until: moment.advanced(byMicroseconds: time))
        settings.algorithm = algorithm
        return settings
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
