// Adds what came beside an event.

import FlycatcherWire
import GRDB
import Model

/// What the recorder does with ``Enclosures``.
struct EnclosureWriter {
    let db: Database
    private let enclosures: Enclosures
    /// What became of it, counted.
    private(set) var outcomes: [OutcomeKey: Int64] = [:]

    init(_ enclosures: Enclosures, _ db: Database) {
        self.enclosures = enclosures
        self.db = db
    }

    private var project: ProjectID { enclosures.project }

    /// Adds everything that is not there yet.
    ///
    /// - Parameter fate: what becomes of attachments.
    mutating func write(attachments fate: AttachmentFate) throws {
        for feedback in enclosures.feedback where try FeedbackTable(db: db).insert(feedback, in: project) {
            count(.accepted, "feedback")
        }
        for checkIn in enclosures.checkIns { try write(checkIn) }
        try writeSessions()
        for item in enclosures.traceItems where try TraceItemTable(db: db).insert(item, in: project) {
            count(item)
        }
        try writeAttachments(fate)
    }

    /// What becomes of attachments.
    enum AttachmentFate {
        /// Their event has just been recorded.
        case withEvent
        /// Their event is there, or may come.
        case waiting
        /// Their event was not kept, for this reason.
        case dropped(reason: String)
    }

    private mutating func write(_ checkIn: CheckInDraft) throws {
        switch try MonitorTable(db: db).record(checkIn, in: project) {
        case .added, .updated: count(.accepted, "monitor")
        case .known: break
        case .refused: count(.invalid, "monitor", reason: "too_many_monitors")
        }
    }

    private mutating func writeSessions() throws {
        let table = ReleaseHealthTable(db: db)
        for update in enclosures.sessions where try table.record(update, in: project) != nil {
            count(.accepted, "session")
        }
        for sum in enclosures.sessionSums {
            try table.add(sum, in: project)
            count(.accepted, "session")
        }
    }

    private mutating func writeAttachments(_ fate: AttachmentFate) throws {
        guard let event = enclosures.event, !enclosures.attachments.isEmpty else { return }
        let table = AttachmentTable(db: db)
        if case .dropped(let reason) = fate {
            // Their files are in place already.
            try table.free(enclosures.attachments.map(\.digest))
            return add(enclosures.attachmentOutcomes(.filtered, reason: reason))
        }
        var isWaiting = false
        if case .waiting = fate { isWaiting = try !table.hasOwner(event, in: project) }
        var added = enclosures
        added.attachments = try table.insert(
            enclosures.attachments, of: event, in: project, at: enclosures.receivedAt, waits: isWaiting)
        add(added.attachmentOutcomes(.accepted))
    }

    // MARK: Counting

    private mutating func count(_ item: TraceItemDraft) {
        switch item.kind {
        case .transaction:
            count(.accepted, "transaction")
            count(.accepted, "span", quantity: item.count + 1)
        case .spans: count(.accepted, "span", quantity: item.count)
        case .logs:
            count(.accepted, "log_item", quantity: item.count)
            count(.accepted, "log_byte", quantity: Int64(item.bodySize))
        }
    }

    private mutating func count(
        _ kind: Outcome.Kind, _ category: String, reason: String = "", quantity: Int64 = 1
    ) {
        outcomes[enclosures.outcome(kind, category, reason: reason), default: 0] += quantity
    }

    private mutating func add(_ counts: [OutcomeKey: Int64]) {
        outcomes.merge(counts, uniquingKeysWith: &+)
    }
}
