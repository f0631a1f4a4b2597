// What other rules would do to the issues that there are.

/// What would become of stored events under other rules.
public struct GroupingForecast: Hashable, Sendable {
    /// How many events were looked at.
    public var eventCount = 0
    public var issueCount = 0
    /// Issues that would become one.
    public var merges: [[ShortID]] = []
    /// Issues whose events would be of several.
    public var splits: [ShortID] = []
    /// Issues whose events stay together but would be found under other hashes.
    public var moves: [ShortID] = []

    public init() {}

    /// Whether every issue stays what it is.
    public var changesNothing: Bool { merges.isEmpty && splits.isEmpty && moves.isEmpty }
}
