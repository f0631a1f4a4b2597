// What a filter would have kept out of what is stored.

/// Stored events as a filter sees them.
public struct FilterForecast: Sendable {
    /// How many events were looked at.
    public var eventCount = 0
    /// How many of them it would have found.
    public var foundCount = 0
    /// How many by each pattern, for a filter that has some.
    public var counts: [String: Int] = [:]
    /// Whose events these are.
    public var issues: [Issue] = []

    /// Has looked at nothing yet.
    public init() {}
}
