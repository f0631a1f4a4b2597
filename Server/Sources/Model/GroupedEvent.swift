// An event that is ready to be recorded: normalised, grouped and compressed.

public import FlycatcherWire

/// A normalised event together with the hashes that say which issue it belongs to.
public struct GroupedEvent: Sendable {
    public let id: EventID
    public let project: ProjectID
    /// The client key the event came with.
    public let key: Int64
    public let type: EventType
    /// When it happened, clock drift corrected.
    public let timestamp: Timestamp
    public let receivedAt: Timestamp
    public let level: Level
    public let platform: String
    public let facts: EventFacts
    public let tags: [Tag]
    /// A digest of who was affected; nil when the event names no user.
    public let user: UserDigest?
    /// At least one; the event belongs to the issue that owns any of them.
    public let hashes: [GroupingHash]
    /// By an earlier version of the rules, for events whose own hashes nobody owns; mostly none.
    public let earlierHashes: [GroupingHash]
    /// The normalised event in wire form, as zstd.
    public let body: [UInt8]
    /// The size of the event before compression, bytes.
    public let bodySize: Int
    /// Whether an issue that it makes is archived from the beginning.
    public let startsArchived: Bool

    package init(
        id: EventID, project: ProjectID, key: Int64, type: EventType, timestamp: Timestamp,
        receivedAt: Timestamp,
        level: Level, platform: String, facts: EventFacts, tags: [Tag], user: UserDigest?,
        hashes: [GroupingHash], earlierHashes: [GroupingHash] = [], body: [UInt8], bodySize: Int,
        startsArchived: Bool = false
    ) {
        self.id = id
        self.project = project
        self.key = key
        self.type = type
        self.timestamp = timestamp
        self.receivedAt = receivedAt
        self.level = level
        self.platform = platform
        self.facts = facts
        self.tags = tags
        self.user = user
        self.hashes = hashes
        self.earlierHashes = earlierHashes
        self.body = body
        self.bodySize = bodySize
        self.startsArchived = startsArchived
    }
}

/// What an event is, derived by the server (protocol section 9.5).
public enum EventType: String, Sendable {
    case error
    case message = "default"
    case transaction
    case csp
    case hpkp
    case expectct
    case expectstaple
    case feedback

    /// The data category of protocol section 5.4.
    public var category: String {
        switch self {
        case .error: "error"
        case .message: "default"
        case .transaction: "transaction"
        case .csp, .hpkp, .expectct, .expectstaple: "security"
        case .feedback: "feedback"
        }
    }
}

/// What lists show of an event without opening it.
public struct EventFacts: Hashable, Sendable {
    /// The bold part of the title: the exception's type, or the whole first line of a message.
    public var type: String
    /// The rest of the title: the exception's value, first line; empty for messages.
    public var value: String
    /// The operation, or the frame, in which it happened: one line, at most 200 characters.
    public var culprit: String
    /// The newest in-app frame as `file:line in function`; empty without frames.
    public var location: String
    /// Whether the app caught it; nil when nothing says.
    public var isHandled: Bool?
    public var environment: String
    public var release: String
    public var transaction: String

    public init(
        type: String, value: String = "", culprit: String = "", location: String = "", isHandled: Bool? = nil,
        environment: String = "production", release: String = "", transaction: String = ""
    ) {
        self.type = type
        self.value = value
        self.culprit = culprit
        self.location = location
        self.isHandled = isHandled
        self.environment = environment
        self.release = release
        self.transaction = transaction
    }

    /// Type and value as one line.
    public var title: String {
        value.isEmpty ? type : "\(type): \(value)"
    }
}

/// A searchable key and value.
public struct Tag: Hashable, Sendable {
    public let key: String
    public let value: String

    public init(_ key: String, _ value: String) {
        self.key = key
        self.value = value
    }
}

/// A digest of a user's identity, for counting who is affected without keeping who it was.
public struct UserDigest: Hashable, Sendable {
    public let value: UInt64

    public init(_ value: UInt64) {
        self.value = value
    }
}

/// One of the hashes by which events find their issue: 32 hex digits when written.
public struct GroupingHash: Hashable, Sendable, CustomStringConvertible {
    public let value: UInt128

    public init(_ value: UInt128) {
        self.value = value
    }

    /// Reads 32 hex digits; nil for anything else.
    public init?(hex text: some StringProtocol) {
        guard text.utf8.count == 32, text.utf8.first != UInt8(ascii: "+"),
            let value = UInt128(text, radix: 16)
        else { return nil }
        self.value = value
    }

    public var description: String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 32 - digits.count) + digits
    }
}
