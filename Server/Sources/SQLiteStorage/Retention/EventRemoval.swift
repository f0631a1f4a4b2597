// Removes stored events, together with what is counted of what is stored.

import FlycatcherWire
import GRDB
import Model

/// The one way in which rows of `event` go.
struct EventRemoval {
    let db: Database

    /// Removes the events in these rows, as far as they are still there.
    ///
    /// - Returns: how many it were.
    @discardableResult
    func remove(_ rows: [Int64]) throws -> Int {
        guard !rows.isEmpty else { return 0 }
        let list = rows.jsonList
        let usages = try db.rows(
            """
            SELECT project, count(*), sum(length(body)) FROM event
            WHERE id IN (SELECT value FROM json_each(?)) GROUP BY project
            """, [list]
        ) { row -> (project: ProjectID, usage: StorageUsage) in
            let count: Int64 = row[1]
            let bytes: Int64 = row[2] + count * UsageTable.bytesAround
            return (ProjectID(row[0]), StorageUsage(events: count, bytes: bytes))
        }
        try db.run("DELETE FROM event WHERE id IN (SELECT value FROM json_each(?))", [list])
        for (project, usage) in usages { try UsageTable(db: db).subtract(usage, from: project) }
        let count = usages.reduce(0) { $0 + $1.usage.events }
        try InstallationTable(db: db).add(events: -count, issues: 0)
        return Int(count)
    }
}
