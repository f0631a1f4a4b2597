// Sessions by release, environment and hour.

import FlycatcherWire
import Foundation
import GRDB
import Model

/// Tables `release_hour` and `release_session`.
struct ReleaseHealthTable {
    let db: Database

    /// Releases and environments of a project that are told apart within an hour.
    static let maximumPlaces: Int64 = 500

    /// Counts an update of a session, and says whether it was a new session; nil when it changes nothing.
    func record(_ update: SessionUpdate, in project: ProjectID) throws -> Bool? {
        let known = try db.row(
            """
            SELECT state, has_ended, sequence, hour, release, environment FROM release_session
            WHERE project = ? AND sid = ?
            """, [project.value, update.id.blob])
        guard let known else {
            let place = try place(update.place, hour: update.startedAt.hour, in: project)
            try insert(update, at: place, in: project)
            var counts = SessionCounts()
            counts.add(1, of: update.state)
            try add(counts, update.user, at: place, hour: update.startedAt.hour, in: project)
            return true
        }
        guard (known[1] as Int64) == 0, update.sequence > (known[2] as Int64) else { return nil }
        var counts = SessionCounts()
        counts.add(-1, of: SessionUpdate.State(rawValue: known[0]) ?? .running)
        counts.add(1, of: update.state)
        try db.run(
            "UPDATE release_session SET state = ?, has_ended = ?, sequence = ? WHERE project = ? AND sid = ?",
            [update.state.rawValue, update.hasEnded, update.sequence, project.value, update.id.blob])
        let place = ReleasePlace(release: known[4], environment: known[5])
        try add(
            counts, update.user, at: place, hour: known[3], in: project, isCrash: update.state == .crashed)
        return false
    }

    func add(_ sum: SessionSum, in project: ProjectID) throws {
        let place = try place(sum.place, hour: sum.startedAt.hour, in: project)
        try add(sum.counts, sum.user, at: place, hour: sum.startedAt.hour, in: project)
    }

    private func insert(_ update: SessionUpdate, at place: ReleasePlace, in project: ProjectID) throws {
        try db.run(
            """
            INSERT INTO release_session (project, sid, hour, release, environment, state, has_ended, sequence)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                project.value, update.id.blob, update.startedAt.hour, place.release, place.environment,
                update.state.rawValue, update.hasEnded, update.sequence,
            ])
    }

    /// Where it counts: its own place if there is room for one more.
    private func place(_ place: ReleasePlace, hour: Int64, in project: ProjectID) throws -> ReleasePlace {
        let isKnown = try db.number(
            "SELECT 1 FROM release_hour WHERE project = ? AND hour = ? AND release = ? AND environment = ?",
            [project.value, hour, place.release, place.environment])
        if isKnown != nil { return place }
        let count = try db.number(
            "SELECT count(*) FROM release_hour WHERE project = ? AND hour = ?", [project.value, hour])
        return (count ?? 0) < Self.maximumPlaces ? place : .other
    }

    private func add(
        _ counts: SessionCounts, _ user: UserDigest?, at place: ReleasePlace, hour: Int64,
        in project: ProjectID,
        isCrash: Bool = false
    ) throws {
        try db.run(
            """
            INSERT INTO release_hour (
                project, hour, release, environment, started, exited, errored, abnormal, crashed, users, crashed_users
            ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, x'', x'')
            ON CONFLICT DO UPDATE SET started = started + excluded.started, exited = exited + excluded.exited,
                errored = errored + excluded.errored, abnormal = abnormal + excluded.abnormal,
                crashed = crashed + excluded.crashed
            """,
            [
                project.value, hour, place.release, place.environment, counts.started, counts.exited,
                counts.errored, counts.abnormal, counts.crashed,
            ])
        guard let user else { return }
        try add(user, to: "users", at: place, hour: hour, in: project)
        if isCrash || counts.crashed > 0 {
            try add(user, to: "crashed_users", at: place, hour: hour, in: project)
        }
    }

    private func add(
        _ user: UserDigest, to column: String, at place: ReleasePlace, hour: Int64, in project: ProjectID
    ) throws {
        let choice = "WHERE project = ? AND hour = ? AND release = ? AND environment = ?"
        let key: StatementArguments = [project.value, hour, place.release, place.environment]
        guard let row = try db.row("SELECT \(column) FROM release_hour \(choice)", key) else { return }
        let before = UserSketch(registers: Array(row[0] as Data))
        var after = before
        after.add(user)
        guard after != before else { return }
        try db.run("UPDATE release_hour SET \(column) = ? \(choice)", [Data(after.registers)] + key)
    }

    func hours(of project: ProjectID, sinceHour hour: Int64, limit: Int) throws -> [ReleaseHour] {
        let sql = """
            SELECT release, environment, hour, started, exited, errored, abnormal, crashed, users, crashed_users
            FROM release_hour WHERE project = ? AND hour >= ? ORDER BY hour, release, environment LIMIT ?
            """
        return try db.rows(sql, [project.value, hour, limit]) { row in
            var counts = SessionCounts(exited: row[4], errored: row[5], abnormal: row[6], crashed: row[7])
            counts.started = row[3]
            return ReleaseHour(
                place: ReleasePlace(release: row[0], environment: row[1]), hour: row[2], counts: counts,
                users: UserSketch(registers: Array(row[8] as Data)),
                crashedUsers: UserSketch(registers: Array(row[9] as Data)))
        }
    }

    /// Removes the sums of hours before one.
    func remove(of project: ProjectID, beforeHour hour: Int64) throws {
        try db.run("DELETE FROM release_hour WHERE project = ? AND hour < ?", [project.value, hour])
    }

    /// Forgets sessions that can change no more, and says whether more may be left.
    ///
    /// What they counted as stays.
    func trim(beforeHour hour: Int64, limit: Int) throws -> Bool {
        try db.run(
            """
            DELETE FROM release_session WHERE (project, sid) IN (
                SELECT project, sid FROM release_session WHERE hour < ? LIMIT ?
            )
            """, [hour, limit])
        return db.changesCount == limit
    }
}
