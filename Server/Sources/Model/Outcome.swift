// What became of what was sent, counted by the hour.

public import FlycatcherWire

/// What became of something that a client sent, or did not send.
public struct Outcome: Hashable, Sendable {
    public enum Kind: String, CaseIterable, Sendable {
        case accepted
        case filtered
        case rateLimited = "rate_limited"
        case invalid
        case abuse
        case clientDiscard = "client_discard"
    }

    public let kind: Kind
    /// A word that says why; empty for what was accepted.
    public let reason: String
    /// The data category of protocol section 5.4, such as `error`.
    public let category: String

    public init(_ kind: Kind, category: String, reason: String = "") {
        self.kind = kind
        self.category = category
        self.reason = reason
    }
}

/// Where and when an outcome is counted.
public struct OutcomeKey: Hashable, Sendable {
    public let project: ProjectID
    /// The client key; 0 when it is not known.
    public let key: Int64
    public let outcome: Outcome
    /// Hours since 1970-01-01T00:00:00Z.
    public let hour: Int64

    public init(project: ProjectID, key: Int64, outcome: Outcome, at moment: Timestamp) {
        self.init(project: project, key: key, outcome: outcome, hour: moment.hour)
    }

    public init(project: ProjectID, key: Int64, outcome: Outcome, hour: Int64) {
        self.project = project
        self.key = key
        self.outcome = outcome
        self.hour = hour
    }
}

/// An outcome's sum over the time that was asked for.
public struct OutcomeTotal: Hashable, Sendable {
    public let project: ProjectID
    public let outcome: Outcome
    public let quantity: Int64

    public init(project: ProjectID, outcome: Outcome, quantity: Int64) {
        self.project = project
        self.outcome = outcome
        self.quantity = quantity
    }
}

extension Timestamp {
    /// Whole hours since 1970-01-01T00:00:00Z.
    public var hour: Int64 {
        let hour: Int64 = 3_600_000_000
        return microseconds >= 0 ? microseconds / hour : (microseconds - hour + 1) / hour
    }
}
