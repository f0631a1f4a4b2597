// What quotas have let in, and what projects say about theirs.

import FlycatcherWire
import GRDB
import Model

/// Tables `quota_count` and `project_allowance`.
struct QuotaTable {
    let db: Database

    func counts() throws -> [QuotaCount] {
        try db.rows("SELECT quota, window, ends_at, used FROM quota_count ORDER BY quota", []) {
            QuotaCount(quota: $0[0], window: $0[1], endsAt: $0[2], used: $0[3])
        }
    }

    func set(_ count: QuotaCount) throws {
        try db.run(
            """
            INSERT INTO quota_count (quota, window, ends_at, used) VALUES (?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET
                window = excluded.window, ends_at = excluded.ends_at, used = excluded.used
            """, [count.quota, count.window, count.endsAt, count.used])
    }

    func removeCounts(endedBefore second: Int64) throws {
        try db.run("DELETE FROM quota_count WHERE ends_at < ?", [second])
    }

    func allowances() throws -> [ProjectID: ProjectAllowance] {
        let rows = try db.rows("SELECT project, burst, quota, keeps_all FROM project_allowance", []) { row in
            // What a newer version has written and this one cannot read is left to the installation.
            let allowance = ProjectAllowance(
                burst: Allowance(text: row[1]) ?? .standard, quota: Allowance(text: row[2]) ?? .standard,
                keepsAll: row[3])
            return (ProjectID(row[0]), allowance)
        }
        return Dictionary(rows) { first, _ in first }
    }

    func set(_ allowance: ProjectAllowance, of project: ProjectID) throws {
        try db.run(
            """
            INSERT INTO project_allowance (project, burst, quota, keeps_all) VALUES (?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET
                burst = excluded.burst, quota = excluded.quota, keeps_all = excluded.keeps_all
            """, [project.value, allowance.burst.text, allowance.quota.text, allowance.keepsAll])
    }
}
