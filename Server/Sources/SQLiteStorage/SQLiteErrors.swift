// What SQLite's result codes mean for whoever waits.

import GRDB
import Model

extension StoreError {
    /// Whether the data of one order is refused, rather than the database being unable to write at all.
    static func isAboutTheData(_ error: any Error) -> Bool {
        guard let error = error as? DatabaseError else { return false }
        switch error.resultCode {
        case .SQLITE_CONSTRAINT, .SQLITE_TOOBIG, .SQLITE_MISMATCH, .SQLITE_RANGE, .SQLITE_ERROR: return true
        default: return false
        }
    }

    /// Takes an error of the database; the statement and its values stay out of the text, which goes to the log.
    init(_ error: any Error) {
        switch error {
        case let error as StoreError: self = error
        case let error as DatabaseError: self = .unavailable(error.reason)
        default: self = .unavailable("\(error)")
        }
    }
}

extension OpeningError {
    init(_ error: DatabaseError, path: String) {
        switch error.resultCode {
        case .SQLITE_NOTADB, .SQLITE_CORRUPT: self = .notADatabase(path)
        default: self = .databaseRefused(path, reason: error.reason)
        }
    }
}

extension DatabaseError {
    fileprivate var reason: String {
        "\(message ?? "no message") (SQLite code \(extendedResultCode.rawValue))"
    }

    /// Whether a unique index refused the row.
    var isUniqueViolation: Bool {
        extendedResultCode == .SQLITE_CONSTRAINT_UNIQUE || extendedResultCode == .SQLITE_CONSTRAINT_PRIMARYKEY
    }
}
