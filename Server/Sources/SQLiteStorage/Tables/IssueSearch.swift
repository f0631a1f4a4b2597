// Streams of the issues that contain a text.

import GRDB
import Model

/// Reads all issues once, in the order of the table, and sorts those that contain the text.
///
/// Following an index instead would jump about the table and read it twice, for the page and for the total: four
/// times as long for a text that is seldom found. What is beyond ``IssuePage/maximumTotal`` is not reached.
struct IssueSearch {
    private let db: Database
    private let query: IssueQuery

    init(_ db: Database, _ query: IssueQuery) {
        self.db = db
        self.query = query
    }

    func find() throws -> IssuePlaces {
        let matches = try matches()
        let start = query.start
        let following = matches.drop { !start.precedes($0) }.prefix(query.limit + 1)
        return IssuePlaces(following: Array(following), total: matches.count)
    }

    private func matches() throws -> [IssueCursor] {
        let column = query.sort.column
        let sql = """
            SELECT \(column), id FROM issue NOT INDEXED
            WHERE (type || iif(value = '', '', ': ') || value || char(10) || culprit || char(10) || location
                || char(10) || short_id) LIKE ? ESCAPE '\\'
                AND project = coalesce(?, project) AND status = coalesce(?, status)
                AND id \(IssueDepartures.hidesDeparting)
            ORDER BY \(column) DESC, id DESC LIMIT ?
            """
        let text = "%\(Self.escaped(query.text))%"
        return try db.rows(
            sql, [text, query.project?.value, query.status?.rawValue, IssuePage.maximumTotal]
        ) { IssueCursor(value: $0[0], id: IssueID($0[1])) }
    }

    /// The text as LIKE takes it literally.
    private static func escaped(_ text: String) -> String {
        text.unicodeScalars.prefix(maximumTextCount).reduce(into: "") { escaped, scalar in
            if "%_\\".unicodeScalars.contains(scalar) { escaped.append("\\") }
            escaped.unicodeScalars.append(scalar)
        }
    }

    private static let maximumTextCount = 200
}
