// Who was affected by an issue, as digests.

import GRDB
import Model

/// Table `issue_user`.
struct IssueUserTable {
    let db: Database

    /// Adds the users that are not there yet, and says how many these were.
    func insert(_ users: Set<UserDigest>, of issue: Int64) throws -> Int64 {
        var added: Int64 = 0
        for user in users {
            let digest = Int64(bitPattern: user.value)
            try db.run("INSERT INTO issue_user (issue, digest) VALUES (?, ?) ON CONFLICT DO NOTHING", [issue, digest])
            added += Int64(db.changesCount)
        }
        return added
    }
}
