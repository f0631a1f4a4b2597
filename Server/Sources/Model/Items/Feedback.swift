// What users say, on its own or about an event.

public import FlycatcherWire

/// Something that a user said, ready to be kept.
public struct FeedbackDraft: Hashable, Sendable {
    /// Its own identity, by which a second delivery is known.
    public let id: EventID
    /// The event that it is about; it may come later, or never.
    public let event: EventID?
    public let message: String
    public let name: String
    public let email: String
    /// Where the user was.
    public let url: String
    public let createdAt: Timestamp
    /// What came with it, normalised, as zstd; empty when it came as a mere report.
    public let body: [UInt8]

    public init(
        id: EventID, event: EventID? = nil, message: String, name: String = "", email: String = "",
        url: String = "", createdAt: Timestamp, body: [UInt8] = []
    ) {
        self.id = id
        self.event = event
        self.message = message
        self.name = name
        self.email = email
        self.url = url
        self.createdAt = createdAt
        self.body = body
    }
}

/// Something that a user said, as it is kept; without the event that it came as.
public struct Feedback: Hashable, Sendable {
    public let project: ProjectID
    public let projectSlug: String
    public let draft: FeedbackDraft
    /// The issue of the event that it is about, if that is stored.
    public let issue: ShortID?

    public init(project: ProjectID, projectSlug: String, draft: FeedbackDraft, issue: ShortID?) {
        self.project = project
        self.projectSlug = projectSlug
        self.draft = draft
        self.issue = issue
    }
}
