// Notes the tags of a batch in one row, and now and then adds what was noted to the issues.

import GRDB
import Model

/// What the recorder does with table `tag_journal`.
///
/// An event carries some fifteen tags, most of them the same in each event of an issue. Adding to a row for each of
/// them in every batch costs more than all the rest of recording; added up over many batches it costs next to
/// nothing. Readers add what waits to what they find, so that every event counts as soon as it is stored.
struct TagJournalWriter {
    /// So many rows wait at most: whoever reads an issue's tags reads all of them.
    private static let maximumRows: Int64 = 32
    /// A note of more bytes is added at once, and everything before it.
    private static let maximumBytes = 64 << 10

    let db: Database
    let statements: HotStatements

    func add(_ note: TagNote) throws {
        guard !note.bytes.isEmpty else { return }
        try statements.run("INSERT INTO tag_journal (note) VALUES (?)", .bytes(note.bytes))
        // Rows are numbered anew from 1 after each clearing.
        if statements.lastInsertedID >= Self.maximumRows || note.bytes.count > Self.maximumBytes {
            try settle()
        }
    }

    /// Adds all that waits to the issues.
    func settle() throws {
        for (issue, tally) in try TagJournalTable(db: db).tallies() {
            guard let keyCount = try keyCount(of: issue) else { continue }
            var counter = IssueTagWriter(issue: issue, hasTags: keyCount > 0, statements: statements)
            let newKeyCount = try counter.add(tally, keyCount: keyCount)
            if newKeyCount != keyCount { try setKeyCount(newKeyCount, of: issue) }
        }
        try statements.run("DELETE FROM tag_journal")
    }

    /// Nil when the issue is gone.
    private func keyCount(of issue: Int64) throws -> Int64? {
        try statements.integers("SELECT tag_key_count FROM issue WHERE id = ?", .integer(issue))?.first
    }

    private func setKeyCount(_ count: Int64, of issue: Int64) throws {
        try statements.run(
            "UPDATE issue SET tag_key_count = ? WHERE id = ?", .integer(count), .integer(issue))
    }
}
