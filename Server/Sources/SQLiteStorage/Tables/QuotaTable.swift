// What quotas have let in, and what projects say about theirs.

import FlycatcherWire
import GRDB
import Model

/// Tables `quota_count` and `project_allowance`.
struct QuotaTable {
    let db: Database

    func counts() throws -> [QuotaCount] {
        let sql = """
            SELECT quota, window, ends_at, used, project, key, since_hour, accepted FROM quota_count
            ORDER BY quota
            """
        return try db.rows(sql, []) { row in
            let range = AcceptedRange(
                project: row[4] == 0 ? nil : ProjectID(row[4]), key: row[5] == 0 ? nil : row[5],
                sinceHour: row[6])
            let mark = (row[7] as Int64?).map { QuotaMark(range: range, accepted: $0) }
            return QuotaCount(quota: row[0], window: row[1], endsAt: row[2], used: row[3], mark: mark)
        }
    }

    func set(_ count: QuotaCount) throws {
        let range = count.mark?.range
        try db.run(
            """
            INSERT OR REPLACE INTO quota_count
                (quota, window, ends_at, used, project, key, since_hour, accepted)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                count.quota, count.window, count.endsAt, count.used, range?.project?.value ?? 0,
                range?.key ?? 0, range?.sinceHour ?? 0, count.mark?.accepted,
            ])
    }

    func removeCounts(endedBefore second: Int64) throws {
        try db.run("DELETE FROM quota_count WHERE ends_at < ?", [second])
    }

    func allowances() throws -> [ProjectID: ProjectAllowance] {
        let rows = try db.rows("SELECT project, burst, quota, keeps_all, spikes FROM project_allowance", []) {
            row in
            // What a newer version has written and this one cannot read is left to the installation.
            let allowance = ProjectAllowance(
                burst: Allowance(text: row[1]) ?? .standard, quota: Allowance(text: row[2]) ?? .standard,
                spikes: SpikeAllowance(text: row[4]) ?? .standard, keepsAll: row[3])
            return (ProjectID(row[0]), allowance)
        }
        return Dictionary(rows) { first, _ in first }
    }

    func set(_ allowance: ProjectAllowance, of project: ProjectID) throws {
        try db.run(
            """
            INSERT OR REPLACE INTO project_allowance (project, burst, quota, keeps_all, spikes)
            VALUES (?, ?, ?, ?, ?)
            """,
            [
                project.value, allowance.burst.text, allowance.quota.text, allowance.keepsAll,
                allowance.spikes.text,
            ])
    }
}
