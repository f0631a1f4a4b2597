// Streams of issues without a search, along the indexes that start with project and status.

import GRDB
import Model

/// Merges the lanes of a stream.
///
/// Each pair of a project and a status is a *lane*, which an index holds in the wanted order. A page reads as many
/// entries of each lane as it has rows, however many issues there are.
struct IssueLanes {
    private let db: Database
    private let query: IssueQuery

    private struct Lane {
        let project: ProjectID
        let status: IssueStatus
    }

    init(_ db: Database, _ query: IssueQuery) {
        self.db = db
        self.query = query
    }

    func find() throws -> IssuePlaces {
        let lanes = try lanes()
        let following = try lanes.flatMap { try places(in: $0) }.sorted { $0.precedes($1) }
        return IssuePlaces(following: Array(following.prefix(query.limit + 1)), total: try total(of: lanes))
    }

    private func lanes() throws -> [Lane] {
        let projects = try query.project.map { [$0] } ?? ProjectTable(db: db).allIDs()
        let statuses = query.status.map { [$0] } ?? [.unresolved, .resolved, .archived]
        return projects.flatMap { project in statuses.map { Lane(project: project, status: $0) } }
    }

    private func places(in lane: Lane) throws -> [IssueCursor] {
        let column = query.sort.column
        let sql = """
            SELECT \(column), id FROM issue WHERE project = ? AND status = ? AND (\(column), id) < (?, ?)
                AND id \(IssueDepartures.hidesDeparting)
            ORDER BY \(column) DESC, id DESC LIMIT ?
            """
        let start = query.start
        return try db.rows(
            sql, [lane.project.value, lane.status.rawValue, start.value, start.id.value, query.limit + 1]
        ) { IssueCursor(value: $0[0], id: IssueID($0[1])) }
    }

    private func total(of lanes: [Lane]) throws -> Int {
        let sql = """
            SELECT count(*) FROM (
                SELECT 1 FROM issue WHERE project = ? AND status = ? AND id \(IssueDepartures.hidesDeparting)
                LIMIT ?
            )
            """
        var total = 0
        for lane in lanes where total < IssuePage.maximumTotal {
            let rest = IssuePage.maximumTotal - total
            total += Int(try db.number(sql, [lane.project.value, lane.status.rawValue, rest]) ?? 0)
        }
        return total
    }
}
