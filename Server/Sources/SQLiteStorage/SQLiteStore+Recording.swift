// Keeping events and outcomes, and handing out what they set off.

public import Model

extension SQLiteStore {
    /// Keeps an event with whatever else waits at the moment, and returns after the commit.
    public func record(_ event: GroupedEvent) async throws -> Recording {
        try await recorder.record(event)
    }

    /// Keeps what came beside an event in the event's transaction, or in the next one.
    public func record(_ event: GroupedEvent?, with enclosures: Enclosures) async throws -> Recording? {
        try await recorder.record(event, with: enclosures)
    }

    /// Adds to the outcome counters in the next transaction.
    public func count(_ outcomes: [OutcomeKey: Int64]) async throws {
        guard !outcomes.isEmpty else { return }
        try await recorder.count(outcomes)
    }

    /// Takes the oldest announcements out of the outbox.
    public func takeAnnouncements(limit: Int) async throws -> [Announcement] {
        try await write { try OutboxTable(db: $0).take(limit: limit) }
    }
}
