// Asking for events.

import Compression
public import FlycatcherWire
import GRDB
public import Model

extension SQLiteStore {
    /// Finds the newest, the oldest or a certain event of an issue.
    public func event(_ choice: EventChoice, of issue: IssueID) async throws -> StoredEvent? {
        try await stored { events in
            switch choice {
            case .latest: try events.newest(of: issue)
            case .oldest: try events.oldest(of: issue)
            case .id(let id): try events.find(id, of: issue)
            }
        }
    }

    /// Finds an event of a project.
    public func event(_ id: EventID, in project: ProjectID) async throws -> StoredEvent? {
        try await stored { try $0.find(id, in: project) }
    }

    /// Finds the events of all projects that have this identity.
    public func events(withID id: EventID) async throws -> [EventSummary] {
        try await read { try EventTable(db: $0).all(withID: id) }
    }

    /// Lists an issue's events, newest first, at most a thousand at a time.
    public func events(of issue: IssueID, after: EventCursor?, limit: Int) async throws -> [EventSummary] {
        try await read { db in
            let events = EventTable(db: db)
            let place = try after.map { try events.place(of: $0, issue: issue) } ?? .end
            return try events.page(
                of: issue, before: place, limit: min(max(limit, 1), Self.maximumEventCount))
        }
    }

    /// Reads an event with its body and its place in one snapshot, and unpacks the body outside of it.
    private func stored(_ find: @Sendable (EventTable) throws -> EventRow?) async throws -> StoredEvent? {
        let found = try await read { db in
            let events = EventTable(db: db)
            return try find(events).map { row in
                (row.summary, try events.body(at: row.id), try EventOrder(db: db).position(of: row))
            }
        }
        guard let (summary, body, position) = found else { return nil }
        let json = summary.isKept ? try Self.unpacked(body) : summary.standIn
        return StoredEvent(summary: summary, json: json, position: position)
    }

    static func unpacked(_ body: [UInt8]) throws -> [UInt8] {
        do {
            return try Zstd.decompress(body, limit: maximumBodySize)
        } catch {
            throw StoreError.damaged("the body of an event cannot be unpacked: \(error)")
        }
    }

    private static let maximumEventCount = 1000
    /// More than the largest event that is taken in.
    private static let maximumBodySize = 16 << 20
}
