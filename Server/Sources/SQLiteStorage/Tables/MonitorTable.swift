// Jobs that are watched, and their runs.

import FlycatcherWire
import Foundation
import GRDB
import Model

/// Tables `monitor` and `check_in`.
struct MonitorTable {
    let db: Database

    /// Monitors of one project; a client that invents names fills no table.
    static let maximumMonitors: Int64 = 1000
    /// Runs of one monitor that are kept.
    static let maximumCheckIns = 2000

    enum Result {
        case added
        case updated
        /// It says nothing new.
        case known
        /// The project has too many monitors.
        case refused
    }

    /// Adds a run or goes on with one.
    func record(_ checkIn: CheckInDraft, in project: ProjectID) throws -> Result {
        guard let monitor = try monitor(of: checkIn, in: project) else { return .refused }
        let result =
            if let run = try run(of: checkIn, monitor: monitor) {
                try update(run, checkIn)
            } else {
                try insert(checkIn, monitor: monitor)
            }
        if case .known = result { return result }
        try db.run(
            "UPDATE monitor SET status = ?, last_check_in_at = max(last_check_in_at, ?) WHERE id = ?",
            [checkIn.status.rawValue, checkIn.at.microseconds, monitor])
        return result
    }

    private func monitor(of checkIn: CheckInDraft, in project: ProjectID) throws -> Int64? {
        let slug = checkIn.slug.description
        let known = try db.row(
            "SELECT id, schedule FROM monitor WHERE project = ? AND slug = ?", [project.value, slug])
        if let known {
            let id: Int64 = known[0]
            if let schedule = checkIn.schedule, schedule != (known[1] as String) {
                try db.run("UPDATE monitor SET schedule = ? WHERE id = ?", [schedule, id])
            }
            return id
        }
        let count = try db.number("SELECT count(*) FROM monitor WHERE project = ?", [project.value]) ?? 0
        guard count < Self.maximumMonitors else { return nil }
        try db.run(
            """
            INSERT INTO monitor (project, slug, schedule, created_at, status, last_check_in_at)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            [
                project.value, slug, checkIn.schedule ?? "", checkIn.at.microseconds, checkIn.status.rawValue,
                checkIn.at.microseconds,
            ])
        return db.lastInsertedRowID
    }

    private typealias Run = (id: Int64, status: String, startedAt: Int64)

    private func run(of checkIn: CheckInDraft, monitor: Int64) throws -> Run? {
        let row =
            if let id = checkIn.id {
                try db.row(
                    "SELECT id, status, started_at FROM check_in WHERE monitor = ? AND check_in_id = ?",
                    [monitor, id.blob])
            } else if checkIn.status.isFinal {
                try db.row(
                    """
                    SELECT id, status, started_at FROM check_in
                    WHERE monitor = ? AND environment = ? AND status = 'in_progress' ORDER BY id DESC LIMIT 1
                    """, [monitor, checkIn.environment])
            } else {
                Row?.none
            }
        return row.map { ($0[0], $0[1], $0[2]) }
    }

    /// A run that is over is not begun again, and one that is told again stays as it is.
    private func update(_ run: Run, _ checkIn: CheckInDraft) throws -> Result {
        let status = CheckInStatus(rawValue: run.status) ?? .unknown
        guard status != checkIn.status, checkIn.status.isFinal || !status.isFinal else { return .known }
        try db.run(
            """
            UPDATE check_in SET status = ?, duration = coalesce(?, duration, ?), updated_at = ?,
                release = CASE WHEN ? = '' THEN release ELSE ? END WHERE id = ?
            """,
            [
                checkIn.status.rawValue, checkIn.duration,
                max(0, checkIn.at.microseconds - run.startedAt) / 1000, checkIn.at.microseconds,
                checkIn.release,
                checkIn.release, run.id,
            ])
        return .updated
    }

    private func insert(_ checkIn: CheckInDraft, monitor: Int64) throws -> Result {
        try db.run(
            """
            INSERT INTO check_in (
                monitor, check_in_id, environment, status, duration, release, trace_id, started_at, updated_at
            ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                monitor, (checkIn.id ?? EventID()).blob, checkIn.environment, checkIn.status.rawValue,
                checkIn.duration, checkIn.release, checkIn.trace?.value.blob,
                checkIn.at.microseconds - (checkIn.duration ?? 0) * 1000, checkIn.at.microseconds,
            ])
        return .added
    }

    func monitors(of project: ProjectID?) throws -> [Monitor] {
        let choice = project == nil ? "" : "WHERE project = ?"
        let sql = """
            SELECT monitor.id, project, project.slug, monitor.slug, schedule, monitor.created_at, status, last_check_in_at
            FROM monitor JOIN project ON project.id = monitor.project \(choice)
            ORDER BY last_check_in_at DESC, monitor.id DESC LIMIT \(Self.maximumMonitors)
            """
        return try db.rows(sql, project.map { [$0.value] } ?? []) { row in
            guard let slug = MonitorSlug(row[3] as String) else {
                throw StoreError.unavailable("a monitor has no name")
            }
            return Monitor(
                id: row[0], project: ProjectID(row[1]), projectSlug: row[2], slug: slug, schedule: row[4],
                createdAt: Timestamp(microseconds: row[5]),
                status: CheckInStatus(rawValue: row[6]) ?? .unknown,
                lastCheckInAt: Timestamp(microseconds: row[7]))
        }
    }

    func checkIns(of monitor: Int64, limit: Int) throws -> [CheckIn] {
        let sql = """
            SELECT check_in_id, status, duration, environment, release, started_at, updated_at FROM check_in
            WHERE monitor = ? ORDER BY id DESC LIMIT ?
            """
        return try db.rows(sql, [monitor, limit]) { row in
            CheckIn(
                id: EventID(blob: row[0]), status: CheckInStatus(rawValue: row[1]) ?? .unknown,
                duration: row[2],
                environment: row[3], release: row[4], startedAt: Timestamp(microseconds: row[5]),
                updatedAt: Timestamp(microseconds: row[6]))
        }
    }

    /// Removes runs beyond the newest of each monitor; says whether more may be left.
    func trim(limit: Int) throws -> Bool {
        for monitor in try db.rows("SELECT id FROM monitor", [], { $0[0] as Int64 }) {
            let oldest = try db.number(
                "SELECT id FROM check_in WHERE monitor = ? ORDER BY id DESC LIMIT 1 OFFSET ?",
                [monitor, Self.maximumCheckIns])
            guard let oldest else { continue }
            try db.run(
                """
                DELETE FROM check_in WHERE id IN (
                    SELECT id FROM check_in WHERE monitor = ? AND id <= ? ORDER BY id LIMIT ?
                )
                """, [monitor, oldest, limit])
            if db.changesCount == limit { return true }
        }
        return false
    }
}
