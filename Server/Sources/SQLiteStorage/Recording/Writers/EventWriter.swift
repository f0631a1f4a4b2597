// Adds events to their table.

import FlycatcherWire
import Model

/// What the recorder does with table `event`.
struct EventWriter {
    let statements: HotStatements

    /// The issue that a stored event is in; nil when it is not stored.
    func issue(of event: EventID, in project: ProjectID) throws -> Int64? {
        try statements.integers(
            "SELECT issue FROM event WHERE event_id = ? AND project = ?", .identity(event.value),
            .integer(project.value))?.first
    }

    /// Adds an event, or what is left of one that is only counted: its row keeps it from being counted twice.
    func insert(_ event: GroupedEvent, issue: Int64, isKept: Bool) throws {
        guard isKept else { return try insertUnkept(event, issue: issue) }
        try statements.run(
            """
            INSERT INTO event (
                event_id, project, issue, timestamp, received_at, level, environment, release, body_size, body
            ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            .identity(event.id.value), .integer(event.project.value), .integer(issue),
            .integer(event.timestamp.microseconds), .integer(event.receivedAt.microseconds),
            .integer(Int64(event.level.rawValue)), .text(event.facts.environment), .text(event.facts.release),
            .integer(Int64(event.bodySize)), .bytes(event.body))
    }

    private func insertUnkept(_ event: GroupedEvent, issue: Int64) throws {
        try statements.run(
            """
            INSERT INTO event (
                event_id, project, issue, timestamp, received_at, level, environment, release, body_size, body
            ) VALUES (?, ?, ?, ?, ?, ?, '', '', ?, x'')
            """,
            .identity(event.id.value), .integer(event.project.value), .integer(issue),
            .integer(event.timestamp.microseconds), .integer(event.receivedAt.microseconds),
            .integer(Int64(event.level.rawValue)), .integer(Int64(event.bodySize)))
    }
}
