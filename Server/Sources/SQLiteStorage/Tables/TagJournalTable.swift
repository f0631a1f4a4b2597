// Tags that were counted and wait to be added to their issues.

import Foundation
import GRDB

/// Table `tag_journal`.
struct TagJournalTable {
    let db: Database

    /// What waits, by issue.
    func tallies() throws -> [Int64: TagTally] {
        try read(nil)
    }

    /// What waits of one issue.
    func tally(of issue: Int64) throws -> TagTally? {
        try read(issue)[issue]
    }

    private func read(_ issue: Int64?) throws -> [Int64: TagTally] {
        var tallies: [Int64: TagTally] = [:]
        let notes = try db.rows("SELECT note FROM tag_journal ORDER BY id", []) { [UInt8]($0[0] as Data) }
        for note in notes { try TagNote.read(note, of: issue, into: &tallies) }
        return tallies
    }
}
