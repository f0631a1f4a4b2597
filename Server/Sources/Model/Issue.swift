// Issues as people see them: what many events have in common.

public import FlycatcherWire

/// A bug: the events that share a grouping hash, counted.
public struct Issue: Hashable, Sendable {
    public let id: IssueID
    public let shortID: ShortID
    public let project: ProjectID
    public let projectSlug: String
    /// Of its newest event.
    public let facts: EventFacts
    /// Of its newest event.
    public let level: Level
    public let platform: String
    public let type: EventType
    public let status: IssueStatus
    public let firstSeen: Timestamp
    public let lastSeen: Timestamp
    public let eventCount: Int64
    /// Distinct users, by id, e-mail, name or address.
    public let userCount: Int64
    /// Whether any event of it was not handled by the app.
    public let isUnhandled: Bool
    /// Events that were counted and not kept whole.
    public let unkeptCount: Int64

    public init(
        id: IssueID, shortID: ShortID, project: ProjectID, projectSlug: String, facts: EventFacts,
        level: Level,
        platform: String, type: EventType, status: IssueStatus, firstSeen: Timestamp, lastSeen: Timestamp,
        eventCount: Int64, userCount: Int64, isUnhandled: Bool, unkeptCount: Int64 = 0
    ) {
        self.id = id
        self.shortID = shortID
        self.project = project
        self.projectSlug = projectSlug
        self.facts = facts
        self.level = level
        self.platform = platform
        self.type = type
        self.status = status
        self.firstSeen = firstSeen
        self.lastSeen = lastSeen
        self.eventCount = eventCount
        self.userCount = userCount
        self.isUnhandled = isUnhandled
        self.unkeptCount = unkeptCount
    }
}

/// Where an issue stands in its life.
public enum IssueStatus: String, Sendable {
    case unresolved
    case resolved
    case archived = "ignored"
}
