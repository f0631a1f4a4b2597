// Asking for feedback, monitors, sessions and traces.

public import FlycatcherWire
import GRDB
public import Model

extension SQLiteStore {
    /// Lists what users said about an event.
    public func feedback(about event: EventID, in project: ProjectID) async throws -> [Feedback] {
        try await read { try FeedbackTable(db: $0).about(event, in: project, limit: 100) }
    }

    /// Lists what users said, newest first.
    public func feedback(
        of project: ProjectID?, before moment: Timestamp, limit: Int
    ) async throws -> [Feedback] {
        try await read { try FeedbackTable(db: $0).newest(of: project, before: moment, limit: limit) }
    }

    /// Lists jobs that are watched.
    public func monitors(of project: ProjectID?) async throws -> [Monitor] {
        try await read { try MonitorTable(db: $0).monitors(of: project) }
    }

    /// Lists the runs of a job, newest first.
    public func checkIns(of monitor: Int64, limit: Int) async throws -> [CheckIn] {
        try await read { try MonitorTable(db: $0).checkIns(of: monitor, limit: limit) }
    }

    /// Lists how releases fared, hour by hour.
    public func releaseHours(of project: ProjectID, sinceHour hour: Int64) async throws -> [ReleaseHour] {
        try await read { try ReleaseHealthTable(db: $0).hours(of: project, sinceHour: hour, limit: 10_000) }
    }

    /// Lists what is stored of a trace.
    public func traceItems(of trace: TraceID, in project: ProjectID) async throws -> [TraceItem] {
        try await read { try TraceItemTable(db: $0).all(of: trace, in: project, limit: 1000) }
    }

    /// Removes a piece of what has had its time.
    public func trimItems(at moment: Timestamp, traceBytes: Int64) async throws -> Bool {
        try await write { db in
            let limit = 500
            let hour = moment.hour - 24 * 6
            let hasSessions = try ReleaseHealthTable(db: db).trim(beforeHour: hour, limit: limit)
            let hasCheckIns = try MonitorTable(db: db).trim(limit: limit)
            let hasTraces = try TraceItemTable(db: db).trim(to: traceBytes, pieceSize: limit)
            return hasSessions || hasCheckIns || hasTraces
        }
    }
}
