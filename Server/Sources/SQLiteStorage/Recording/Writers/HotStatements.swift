// The statements of the recorder's inner loop, bound and run without boxing their values.

import GRDB
import GRDBSQLite

/// Statements of one batch, each prepared once per connection and looked up once per batch.
///
/// GRDB prepares, keeps and closes them. Only binding and stepping go past it: a recorded event runs about a dozen
/// statements, and lists of boxed arguments cost more than what SQLite does with them.
final class HotStatements {
    /// A value to bind, or a list of bytes that SQLite copies while binding.
    enum Value {
        case null
        case integer(Int64)
        case text(String)
        case bytes([UInt8])
        /// As a blob of 16 bytes, most significant first.
        case identity(UInt128)
    }

    private let db: Database
    /// By the address of the SQL, which is a constant of the program.
    private var prepared: [UnsafePointer<UInt8>: Statement] = [:]

    init(_ db: Database) {
        self.db = db
    }

    var lastInsertedID: Int64 { db.lastInsertedRowID }

    /// Runs a statement without rows, and says how many rows it changed.
    @discardableResult
    func run(_ sql: StaticString, _ values: Value...) throws -> Int {
        try run(sql, values)
    }

    /// Runs a statement without rows, and says how many rows it changed.
    @discardableResult
    func run(_ sql: StaticString, _ values: [Value]) throws -> Int {
        try withBound(sql, values) { statement in
            guard sqlite3_step(statement) == SQLITE_DONE else { throw failure(of: statement) }
            return db.changesCount
        }
    }

    /// The integers of the first row; nil when there is no row.
    func integers(_ sql: StaticString, _ values: Value...) throws -> Columns? {
        try withBound(sql, values) { statement in
            switch sqlite3_step(statement) {
            case SQLITE_ROW: Columns(statement)
            case SQLITE_DONE: nil
            default: throw failure(of: statement)
            }
        }
    }

    /// Up to three integers of a row.
    struct Columns {
        let first: Int64
        let second: Int64
        let third: Int64

        fileprivate init(_ statement: OpaquePointer) {
            // A column that the statement does not have reads as 0.
            first = sqlite3_column_int64(statement, 0)
            second = sqlite3_column_int64(statement, 1)
            third = sqlite3_column_int64(statement, 2)
        }
    }

    private func withBound<Result>(
        _ sql: StaticString, _ values: [Value], _ body: (OpaquePointer) throws -> Result
    ) throws -> Result {
        let statement = try statement(for: sql)
        // GRDB leaves a statement where it ended, and whoever moves events runs the same ones through it.
        sqlite3_reset(statement)
        defer { sqlite3_reset(statement) }
        for (index, value) in values.enumerated() {
            guard value.bind(to: statement, at: Int32(index) + 1) == SQLITE_OK else {
                throw failure(of: statement)
            }
        }
        return try body(statement)
    }

    private func statement(for sql: StaticString) throws -> OpaquePointer {
        if let known = prepared[sql.utf8Start] { return known.sqliteStatement }
        let statement = try db.cachedStatement(sql: sql.description)
        prepared[sql.utf8Start] = statement
        return statement.sqliteStatement
    }

    /// Reads what went wrong, before the statement is reset.
    private func failure(of statement: OpaquePointer) -> DatabaseError {
        let connection = sqlite3_db_handle(statement)
        return DatabaseError(
            resultCode: ResultCode(rawValue: sqlite3_extended_errcode(connection)),
            message: sqlite3_errmsg(connection).map { String(cString: $0) })
    }
}

extension HotStatements.Value {
    /// Tells SQLite to copy the bytes: they live no longer than the call.
    private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    fileprivate func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
        switch self {
        case .null: sqlite3_bind_null(statement, index)
        case .integer(let value): sqlite3_bind_int64(statement, index, value)
        case .text(let text): Self.bind(text, to: statement, at: index)
        case .bytes(let bytes):
            bytes.withUnsafeBytes {
                sqlite3_bind_blob(statement, index, $0.baseAddress, Int32($0.count), Self.transient)
            }
        case .identity(let value):
            withUnsafeBytes(of: value.bigEndian) {
                sqlite3_bind_blob(statement, index, $0.baseAddress, Int32($0.count), Self.transient)
            }
        }
    }

    private static func bind(_ text: String, to statement: OpaquePointer, at index: Int32) -> Int32 {
        var text = text
        return text.withUTF8 { utf8 in
            utf8.withMemoryRebound(to: CChar.self) {
                sqlite3_bind_text(statement, index, $0.baseAddress, Int32($0.count), transient)
            }
        }
    }
}
