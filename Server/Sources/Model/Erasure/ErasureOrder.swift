// A wish to forget a person, and how far it is fulfilled.

public import FlycatcherWire

/// The identity of an erasure within an installation.
public struct ErasureID: Hashable, Sendable, CustomStringConvertible {
    public let value: Int64

    public init(_ value: Int64) {
        self.value = value
    }

    /// Reads the digits of a URL; nil for anything else.
    public init?(text: some StringProtocol) {
        guard let id = ProjectID(text: text) else { return nil }
        value = id.value
    }

    public var description: String { String(value) }
}

/// Whom to forget, by one thing that is known of them.
public struct ErasureSubject: Hashable, Sendable, CustomStringConvertible {
    /// What is known.
    public enum Kind: String, CaseIterable, Sendable {
        case userID = "id"
        case email
        case address = "ip"
    }

    public let kind: Kind
    /// The id or address itself; empty once the person is forgotten.
    public let text: String

    public init(_ kind: Kind, _ text: String) {
        self.kind = kind
        self.text = text
    }

    /// Never the person.
    public var description: String { "\(kind.rawValue) ***" }
}

/// What was removed, or would be.
public struct ErasureTally: Hashable, Sendable {
    /// Events that are about the person, or name them.
    public var events = 0
    /// Feedback, transactions, and packets of spans or logs that are from the person or name them.
    public var records = 0
    /// Attachments that name the person, of events that do not.
    public var attachments = 0
    /// Texts, tag values and users that issues had kept.
    public var traces = 0

    /// Nothing.
    public init() {}

    /// Of everything.
    public var sum: Int { events + records + attachments + traces }
}

/// What is looked through, one after the other.
public enum ErasureStep: String, CaseIterable, Sendable {
    case events
    case feedback
    case traces
    case attachments
    case issues

    /// What is looked through, in words.
    public var words: String {
        switch self {
        case .events: "events"
        case .feedback: "feedback"
        case .traces: "transactions, spans and logs"
        case .attachments: "attachments"
        case .issues: "issues"
        }
    }

    /// The one behind it; nil behind the last.
    public var next: ErasureStep? {
        let steps = Self.allCases
        return steps.firstIndex(of: self).flatMap { $0 + 1 < steps.count ? steps[$0 + 1] : nil }
    }
}

/// How far an erasure is, so that it goes on there after any end.
public struct ErasurePlace: Hashable, Sendable {
    /// Everything is looked through until a round finds nothing.
    public var round: Int
    public var step: ErasureStep
    /// The last row that was looked at in this step, and the last that there was when it began.
    public var row: Int64
    public var lastRow: Int64
    /// What this round has removed.
    public var found: Int

    /// How much of the step is done, in percent.
    public var percent: Int { lastRow > 0 ? Int(min(row, lastRow) * 100 / lastRow) : 0 }

    public init(
        round: Int = 1, step: ErasureStep = .events, row: Int64 = 0, lastRow: Int64 = 0, found: Int = 0
    ) {
        self.round = round
        self.step = step
        self.row = row
        self.lastRow = lastRow
        self.found = found
    }
}

/// What somebody asked for, and what became of it; what stays of it tells nothing of the person.
public struct ErasureOrder: Hashable, Sendable {
    /// How it ended.
    public enum End: String, Sendable {
        /// The last round found nothing.
        case complete
        /// Each round found something new: the person's data came in faster than it was removed.
        case incoming
    }

    public let id: ErasureID
    public let subject: ErasureSubject
    /// nil for all projects.
    public let project: ProjectID?
    /// Who asked: a user's address, a token's name, or the command.
    public let orderedBy: String
    public let orderedAt: Timestamp
    public let place: ErasurePlace
    public let tally: ErasureTally
    /// How and when it ended; nil while it goes on.
    public let end: End?
    public let endedAt: Timestamp?

    public init(
        id: ErasureID, subject: ErasureSubject, project: ProjectID?, orderedBy: String, orderedAt: Timestamp,
        place: ErasurePlace = ErasurePlace(), tally: ErasureTally = ErasureTally(), end: End? = nil,
        endedAt: Timestamp? = nil
    ) {
        self.id = id
        self.subject = subject
        self.project = project
        self.orderedBy = orderedBy
        self.orderedAt = orderedAt
        self.place = place
        self.tally = tally
        self.end = end
        self.endedAt = endedAt
    }

    /// The same order, as far as this.
    public func at(_ place: ErasurePlace) -> ErasureOrder {
        ErasureOrder(
            id: id, subject: subject, project: project, orderedBy: orderedBy, orderedAt: orderedAt,
            place: place, tally: tally, end: end, endedAt: endedAt)
    }

    /// So many may wait to be fulfilled.
    public static let maximumWaitingCount = 100
    /// So many are remembered once they are fulfilled.
    public static let maximumKeptCount = 1000
}
