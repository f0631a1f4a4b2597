// Events as they come back from the store.

public import FlycatcherWire

/// An event as lists show it.
public struct EventSummary: Hashable, Sendable {
    public let id: EventID
    public let project: ProjectID
    public let projectSlug: String
    public let issue: IssueID
    public let timestamp: Timestamp
    public let receivedAt: Timestamp
    /// Whether its contents were kept; of a storm, most events are only counted.
    public let isKept: Bool

    public init(
        id: EventID, project: ProjectID, projectSlug: String, issue: IssueID, timestamp: Timestamp,
        receivedAt: Timestamp, isKept: Bool = true
    ) {
        self.id = id
        self.project = project
        self.projectSlug = projectSlug
        self.issue = issue
        self.timestamp = timestamp
        self.receivedAt = receivedAt
        self.isKept = isKept
    }
}

extension EventSummary {
    /// What stands for the contents of an event that was counted and not kept, in the shape of any other.
    public var standIn: [UInt8] {
        let seconds = Double(timestamp.microseconds) / 1_000_000
        let text = "This event was counted, and its contents were not kept (sampled)."
        return Array(
            """
            {"event_id":"\(id)","timestamp":\(seconds),"platform":"other","logentry":{"formatted":"\(text)"}}
            """.utf8)
    }
}

/// An event with everything that was sent, normalised.
public struct StoredEvent: Sendable {
    public let summary: EventSummary
    /// The normalised event as JSON, in the shape of protocol section 7.
    public let json: [UInt8]
    public let position: EventPosition

    public init(summary: EventSummary, json: [UInt8], position: EventPosition) {
        self.summary = summary
        self.json = json
        self.position = position
    }
}

/// Where an event stands among those of its issue, oldest first.
public struct EventPosition: Hashable, Sendable {
    /// 1 for the oldest stored event.
    public let index: Int64
    /// Stored events of the issue.
    public let count: Int64
    public let previous: EventID?
    public let next: EventID?

    public init(index: Int64, count: Int64, previous: EventID?, next: EventID?) {
        self.index = index
        self.count = count
        self.previous = previous
        self.next = next
    }
}

/// Which event of an issue someone wants to see.
public enum EventChoice: Hashable, Sendable {
    case latest
    case oldest
    case id(EventID)
}

/// How an issue's events spread over the values of one tag.
public struct TagFacet: Hashable, Sendable {
    public let key: String
    /// Events that carry the tag.
    public let total: Int64
    /// Distinct values seen.
    public let valueCount: Int64
    /// The most frequent values, most frequent first.
    public let values: [TagCount]

    public init(key: String, total: Int64, valueCount: Int64, values: [TagCount]) {
        self.key = key
        self.total = total
        self.valueCount = valueCount
        self.values = values
    }
}

/// A tag's value and how many events carry it.
public struct TagCount: Hashable, Sendable {
    public let value: String
    public let count: Int64
    public let firstSeen: Timestamp
    public let lastSeen: Timestamp

    public init(value: String, count: Int64, firstSeen: Timestamp, lastSeen: Timestamp) {
        self.value = value
        self.count = count
        self.firstSeen = firstSeen
        self.lastSeen = lastSeen
    }
}
