// Knows which events of an issue are always kept for what they tell.

import FlycatcherWire
import GRDB
import Model

/// Knows which events tell more about an issue than others: the first, the latest, and the first of each release and of
/// each environment.
struct TellingEvents {
    private let tags: IssueTagTable
    private let issue: IssueID
    private let first: Int64?
    private let latest: Int64?
    private var firsts: [Tag: Int64] = [:]

    init(_ db: Database, _ issue: IssueID) throws {
        tags = IssueTagTable(db: db)
        self.issue = issue
        // One that is only counted tells nothing.
        let order = "FROM event WHERE issue = ? AND length(body) > 0 ORDER BY timestamp"
        first = try db.number("SELECT id \(order), id LIMIT 1", [issue.value])
        latest = try db.number("SELECT id \(order) DESC, id DESC LIMIT 1", [issue.value])
    }

    mutating func holds(
        _ row: Int64, _ moment: Int64, _ release: String, _ environment: String
    ) throws -> Bool {
        let isFirstOfRelease = try isFirst(Tag("release", release), moment)
        let isFirstOfEnvironment = try isFirst(Tag("environment", environment), moment)
        return row == first || row == latest || isFirstOfRelease || isFirstOfEnvironment
    }

    /// By when the value was seen first of all; by what is stored where that is not counted.
    private mutating func isFirst(_ tag: Tag, _ moment: Int64) throws -> Bool {
        guard !tag.value.isEmpty else { return false }
        if let known = firsts[tag] { return moment <= known }
        let seen = try tags.count(of: tag, issue: issue.value)?.first ?? moment
        firsts[tag] = seen
        return moment <= seen
    }
}
