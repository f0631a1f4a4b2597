// Client keys: what lets events into a project.

public import FlycatcherWire

/// A client key: what a DSN carries to say which project an event belongs to.
public struct ProjectKey: Hashable, Sendable {
    public let id: Int64
    public let project: ProjectID
    /// 32 lower-case hex digits.
    public let publicKey: String
    /// What people call it.
    public var label: String
    /// Whether people have left it switched on; see ``isOpen(at:)``.
    public var isEnabled: Bool
    /// When it stops letting events in by itself, as a key does that another one has taken the place of.
    public var endsAt: Timestamp?
    /// How much it may bring; nil for as much as its project.
    public var limit: KeyLimit?
    public let createdAt: Timestamp

    /// Takes a key as it is kept.
    public init(
        id: Int64, project: ProjectID, publicKey: String, label: String, isEnabled: Bool,
        createdAt: Timestamp, limit: KeyLimit? = nil, endsAt: Timestamp? = nil
    ) {
        self.id = id
        self.project = project
        self.publicKey = publicKey
        self.label = label
        self.isEnabled = isEnabled
        self.endsAt = endsAt
        self.limit = limit
        self.createdAt = createdAt
    }

    /// Whether it lets events in at a moment.
    public func isOpen(at moment: Timestamp) -> Bool {
        guard isEnabled else { return false }
        return endsAt.map { moment < $0 } ?? true
    }

    /// How long a label may be, in characters.
    public static let maximumLabelLength = 64
    /// How many keys a project may have.
    public static let maximumCount = 100
}
