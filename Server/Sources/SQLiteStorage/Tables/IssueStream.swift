// The one place where the question for issues becomes SQL.

import GRDB
import Model

/// Answers an ``IssueQuery`` from the indexes that start with project and status.
///
/// Each pair of a project and a status is a *lane*, which an index holds in the wanted order. A page reads as many
/// entries of each lane as it has rows, and merges them.
struct IssueStream {
    let db: Database
    let query: IssueQuery

    private struct Lane {
        let project: ProjectID
        let status: IssueStatus
    }

    func page() throws -> IssuePage {
        let lanes = try lanes()
        let found = try lanes.flatMap { try places(in: $0) }
            .sorted { ($0.value, $0.id.value) > ($1.value, $1.id.value) }
        let shown = found.prefix(query.limit)
        let table = IssueTable(db: db)
        return IssuePage(
            issues: try shown.compactMap { try table.find($0.id) },
            next: found.count > query.limit ? shown.last : nil,
            total: try total(of: lanes))
    }

    private func lanes() throws -> [Lane] {
        let projects = try query.project.map { [$0] } ?? ProjectTable(db: db).allIDs()
        let statuses = query.status.map { [$0] } ?? [.unresolved, .resolved, .archived]
        return projects.flatMap { project in statuses.map { Lane(project: project, status: $0) } }
    }

    /// The first places of a lane behind the query's own, one more than a page shows.
    private func places(in lane: Lane) throws -> [IssueCursor] {
        let column = query.sort.column
        let sql = """
            SELECT \(column), id FROM issue
            WHERE project = ? AND status = ? AND (\(column), id) < (?, ?)\(textCondition)
            ORDER BY \(column) DESC, id DESC LIMIT ?
            """
        let after = query.after ?? IssueCursor(value: .max, id: IssueID(.max))
        let place: StatementArguments = [
            lane.project.value, lane.status.rawValue, after.value, after.id.value,
        ]
        return try db.rows(sql, place + textArguments + [query.limit + 1]) { row in
            IssueCursor(value: row[0], id: IssueID(row[1]))
        }
    }

    private func total(of lanes: [Lane]) throws -> Int {
        let sql = """
            SELECT count(*) FROM (
                SELECT 1 FROM issue WHERE project = ? AND status = ?\(textCondition) LIMIT ?
            )
            """
        var total = 0
        for lane in lanes where total < IssuePage.maximumTotal {
            let bounds: StatementArguments = [lane.project.value, lane.status.rawValue]
            let limit: StatementArguments = [IssuePage.maximumTotal - total]
            total += Int(try db.number(sql, bounds + textArguments + limit) ?? 0)
        }
        return total
    }

    private var textCondition: String {
        guard !query.text.isEmpty else { return "" }
        return """
             AND (type || iif(value = '', '', ': ') || value || char(10) || culprit || char(10) || location
                || char(10) || short_id) LIKE ? ESCAPE '\\'
            """
    }

    private var textArguments: StatementArguments {
        query.text.isEmpty ? [] : ["%\(Self.escaped(query.text))%"]
    }

    /// What LIKE takes for itself, and nothing else of it.
    private static func escaped(_ text: String) -> String {
        text.unicodeScalars.prefix(maximumTextCount).reduce(into: "") { escaped, scalar in
            if "%_\\".unicodeScalars.contains(scalar) { escaped.append("\\") }
            escaped.unicodeScalars.append(scalar)
        }
    }

    private static let maximumTextCount = 200
}

extension IssueSort {
    fileprivate var column: String {
        switch self {
        case .lastSeen: "last_seen"
        case .firstSeen: "first_seen"
        case .eventCount: "event_count"
        case .userCount: "user_count"
        }
    }
}
