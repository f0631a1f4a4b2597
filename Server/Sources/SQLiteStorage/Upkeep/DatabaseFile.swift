// A database as a file: copied while others use it, looked at without being brought up to date.

import GRDB

/// The database of a data folder, beside whatever store has it open.
public struct DatabaseFile: Sendable {
    /// Where it lies.
    public let path: String

    /// Takes the database of a data folder, which may be missing.
    public init(folder: String) {
        path = DataFolder.database(in: folder)
    }

    /// Takes a database by its own path.
    public init(path: String) {
        self.path = path
    }

    /// Writes a copy as of one moment, which others neither wait for nor change.
    ///
    /// The copy holds what is stored and nothing of what was deleted, in pages that can be given back one by one.
    /// Until it is written the log of the database grows by what is recorded.
    ///
    /// - Throws: ``OpeningError``; what was written so far is the caller's to remove.
    public func copy(to target: String) throws {
        try withConnection { db in
            try refuseForeign(db)
            try Connection.letGiveSpaceBack(db)
            try db.execute(sql: "VACUUM INTO ?", arguments: [target])
        }
    }

    /// Writes the whole database anew, without gaps and without remains of what was deleted.
    ///
    /// Nobody else can write meanwhile; it needs as much room again as the database takes.
    public func compact() throws {
        try withConnection { db in
            try refuseForeign(db)
            try Connection.letGiveSpaceBack(db)
            try db.execute(sql: "VACUUM")
            try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        }
    }

    /// Puts everything of the log into the database, so that the one file is all there is.
    ///
    /// - Returns: whether nothing is left in the log.
    public func absorbLog() throws -> Bool {
        try withConnection { db in
            let row = try Row.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
            return (row?[0] as Int? ?? 0) == 0
        }
    }

    /// Looks at what the database is and holds; nothing is changed.
    ///
    /// - Throws: ``OpeningError`` for what is no database of ours.
    public func report(_ check: DatabaseCheck) throws -> DatabaseReport {
        try withConnection { db in
            try refuseForeign(db)
            return try DatabaseReport(db, check)
        }
    }

    private func refuseForeign(_ db: Database) throws {
        guard try Int.fetchOne(db, sql: "PRAGMA application_id") == Connection.applicationID else {
            throw OpeningError.foreignDatabase(path)
        }
    }

    func withConnection<Value: Sendable>(_ body: @Sendable (Database) throws -> Value) throws -> Value {
        var configuration = GRDB.Configuration()
        configuration.label = "flycatcher upkeep"
        configuration.busyMode = .timeout(Self.patience)
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            let value = try queue.inDatabase(body)
            try queue.close()
            return value
        } catch let error as DatabaseError {
            throw OpeningError(error, path: path)
        }
    }

    /// Seconds to wait for somebody who is writing.
    private static let patience = 30.0
}

/// How closely a database is looked at.
public enum DatabaseCheck: Sendable {
    /// Only what it says of itself.
    case none
    /// The structure of every page: seconds for a gigabyte.
    case quick
    /// Indexes against their tables as well.
    case full
}
