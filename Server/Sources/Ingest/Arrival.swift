// How an event came in: everything about it that its payload does not say.

public import FlycatcherWire
public import Model

/// The circumstances of an event's arrival.
public struct Arrival: Sendable {
    /// The endpoint, which decides whether a bad event id is fatal.
    public enum Endpoint: Sendable {
        case envelope
        case store
    }

    public let project: ProjectID
    public let key: Int64
    public let receivedAt: Timestamp
    public let endpoint: Endpoint
    /// The id in the envelope's header, which wins over the payload's.
    public let eventID: EventID?
    /// When the client says it sent the envelope; the base of clock-drift correction.
    public let sentAt: Timestamp?
    /// The address of the client; nil when it is not known.
    public let clientAddress: String?
    /// What the client calls itself in its request, such as `raven-node/2.6.2`; nil when it does not say.
    public let clientName: String?
    /// How the project groups its events.
    public let rules: GroupingRules
    /// What counts as secret in the project's events.
    public let scrubbing: ScrubbingRules
    /// Which events the project does not want.
    public let filters: EventFilters

    public init(
        project: ProjectID, key: Int64, receivedAt: Timestamp, endpoint: Endpoint, eventID: EventID? = nil,
        sentAt: Timestamp? = nil, clientAddress: String? = nil, clientName: String? = nil,
        rules: GroupingRules = .builtIn, scrubbing: ScrubbingRules = .usual, filters: EventFilters = .none
    ) {
        self.project = project
        self.key = key
        self.receivedAt = receivedAt
        self.endpoint = endpoint
        self.eventID = eventID
        self.sentAt = sentAt
        self.clientAddress = clientAddress
        self.clientName = clientName
        self.rules = rules
        self.scrubbing = scrubbing
        self.filters = filters
    }
}
