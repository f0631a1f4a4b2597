// What of an issue can be taken apart again.

/// Hashes of an issue that its events bear together, and those events: one of the bugs that the issue is of.
public struct HashStrand: Hashable, Sendable {
    /// Empty for events that the issue no longer owns a hash of; they stay with it.
    public let hashes: [GroupingHash]
    /// Among the newest events of the issue.
    public let eventCount: Int
    /// The newest of these events; nil when there is none.
    public let latest: EventSummary?
    /// What the newest of these events is called; empty when there is none.
    public let title: String

    public init(hashes: [GroupingHash], eventCount: Int, latest: EventSummary?, title: String) {
        self.hashes = hashes
        self.eventCount = eventCount
        self.latest = latest
        self.title = title
    }
}
