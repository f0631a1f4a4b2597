// What travels beside an event, or without one.

public import FlycatcherWire

/// Everything of one request but its event, ready to be kept in one transaction with it.
public struct Enclosures: Sendable {
    public let project: ProjectID
    /// The client key that it came with.
    public let key: Int64
    public let receivedAt: Timestamp
    /// The event, or the feedback, that attachments belong to; they need one.
    public var event: EventID?
    /// Their contents are on disk already.
    public var attachments: [AttachmentDraft] = []
    public var feedback: [FeedbackDraft] = []
    public var checkIns: [CheckInDraft] = []
    public var sessions: [SessionUpdate] = []
    public var sessionSums: [SessionSum] = []
    public var traceItems: [TraceItemDraft] = []

    public init(project: ProjectID, key: Int64, receivedAt: Timestamp, event: EventID? = nil) {
        self.project = project
        self.key = key
        self.receivedAt = receivedAt
        self.event = event
    }

    public var isEmpty: Bool {
        attachments.isEmpty && feedback.isEmpty && checkIns.isEmpty && sessions.isEmpty && sessionSums.isEmpty
            && traceItems.isEmpty
    }

    /// What it takes of memory while it waits, about.
    package var byteCount: Int {
        (attachments.count + checkIns.count + sessions.count + sessionSums.count) * 512
            + feedback.reduce(0) { $0 + $1.body.count + $1.message.utf8.count + 1024 }
            + traceItems.reduce(0) { $0 + $1.body.count + 1024 }
    }

    /// Counts what became of attachments, by bytes and by number.
    package func attachmentOutcomes(_ kind: Outcome.Kind, reason: String = "") -> [OutcomeKey: Int64] {
        Self.outcomes(of: attachments, kind, reason: reason).reduce(into: [:]) {
            $0[OutcomeKey(project: project, key: key, outcome: $1.outcome, at: receivedAt)] = $1.quantity
        }
    }

    /// Counts something of it.
    package func outcome(_ kind: Outcome.Kind, _ category: String, reason: String = "") -> OutcomeKey {
        OutcomeKey(
            project: project, key: key, outcome: Outcome(kind, category: category, reason: reason),
            at: receivedAt)
    }

    /// The two counters of attachments that share a fate.
    public static func outcomes(
        of attachments: [AttachmentDraft], _ kind: Outcome.Kind, reason: String = ""
    ) -> [(outcome: Outcome, quantity: Int64)] {
        let bytes = attachments.reduce(0) { $0 + $1.size }
        return [
            (Outcome(kind, category: "attachment", reason: reason), bytes),
            (Outcome(kind, category: "attachment_item", reason: reason), Int64(attachments.count)),
        ].filter { $0.1 > 0 }
    }
}
