// Keeping events and outcomes, and handing out what they set off.

public import Model

extension SQLiteStore {
    public func record(_ event: GroupedEvent) async throws -> Recording {
        try await recorder.record(event)
    }

    public func count(_ outcomes: [OutcomeKey: Int64]) async throws {
        guard !outcomes.isEmpty else { return }
        try await recorder.count(outcomes)
    }

    public func takeAnnouncements(limit: Int) async throws -> [Announcement] {
        try await write { try OutboxTable(db: $0).take(limit: limit) }
    }
}
