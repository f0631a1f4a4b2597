// Runs statements that are prepared once per connection.

import GRDB

extension Database {
    /// Runs a statement that gives no rows.
    func run(_ sql: String, _ arguments: StatementArguments) throws {
        try cachedStatement(sql: sql).execute(arguments: arguments)
    }

    /// The first row of a query.
    func row(_ sql: String, _ arguments: StatementArguments) throws -> Row? {
        try Row.fetchOne(cachedStatement(sql: sql), arguments: arguments)
    }

    /// All rows of a query that bounds them itself.
    func rows<Element>(
        _ sql: String, _ arguments: StatementArguments, _ element: (Row) throws -> Element
    ) throws -> [Element] {
        let cursor = try Row.fetchCursor(cachedStatement(sql: sql), arguments: arguments)
        var elements: [Element] = []
        while let row = try cursor.next() {
            elements.append(try element(row))
        }
        return elements
    }

    /// The first number of a query.
    func number(_ sql: String, _ arguments: StatementArguments) throws -> Int64? {
        try Int64.fetchOne(cachedStatement(sql: sql), arguments: arguments)
    }
}
