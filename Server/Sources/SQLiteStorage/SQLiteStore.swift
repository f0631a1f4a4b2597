// The store on an embedded SQLite database: what `serve` uses unless told otherwise.

import Foundation
import GRDB
public import Model
import Synchronization

/// A ``Store`` in one file, `flycatcher.sqlite`, of a data folder.
///
/// Events go through the ``Recorder``. Other changes are transactions of their own on the same writing
/// connection. Reads run beside them on up to four connections and see the last commit.
public final class SQLiteStore: Store {
    let recorder: Recorder
    private let folder: DataFolder
    private let pool: DatabasePool
    /// Nil in a command, which leaves the log to the server.
    private let copier: LogCopier?
    private let serverLock: FolderLock?
    private let mark: ProjectsMark
    private let isClosed = Mutex(false)

    private init(
        folder: DataFolder, pool: DatabasePool, copier: LogCopier?, serverLock: FolderLock?,
        options: StoreOptions
    ) {
        self.folder = folder
        self.pool = pool
        self.copier = copier
        self.serverLock = serverLock
        mark = ProjectsMark(of: folder)
        recorder = Recorder(pool: pool, options: options)
    }

    /// Opens the database of a data folder, making both where they are missing, and brings it up to date.
    ///
    /// - Throws: ``OpeningError``, which says what to do.
    public static func open(folder path: String, options: StoreOptions = StoreOptions()) throws -> SQLiteStore
    {
        let folder = try DataFolder(path: path)
        let serverLock = options.role == .server ? try FolderLock.server(of: folder) : nil
        let openingLock = try FolderLock.opening(of: folder, timeout: .seconds(10))
        defer { openingLock.release() }
        do {
            let pool = try Connection.open(folder, options: options)
            try Migrations.run(on: pool, path: folder.database)
            let copier = options.role == .server ? try LogCopier(for: pool) : nil
            return SQLiteStore(
                folder: folder, pool: pool, copier: copier, serverLock: serverLock, options: options)
        } catch let error as DatabaseError {
            throw OpeningError(error, path: folder.database)
        }
    }

    /// Finishes what was begun, copies the log into the database, and closes it; the second time does nothing.
    public func close() async throws {
        let wasClosed = isClosed.withLock { isClosed in
            defer { isClosed = true }
            return isClosed
        }
        guard !wasClosed else { return }
        await recorder.close()
        try await translatingErrors {
            try await copier?.close()
            // Another process may be reading the log; it will be copied the next time.
            _ = try? await pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
            try pool.close()
        }
        serverLock?.release()
    }

    /// Runs a question on a reading connection, in one snapshot.
    func read<Value: Sendable>(_ body: @Sendable (Database) throws -> Value) async throws -> Value {
        try refuseIfClosed()
        return try await translatingErrors { try await pool.read(body) }
    }

    /// Runs a change on the writing connection, in one transaction.
    func write<Value: Sendable>(_ body: @Sendable (Database) throws -> Value) async throws -> Value {
        try refuseIfClosed()
        return try await translatingErrors { try await pool.write(body) }
    }

    /// Runs a change that may be lost when the machine stops, since whoever wants it does it again.
    ///
    /// It does not wait for the disk, and so nobody waits behind it; the next commit of the recorder makes it last, too.
    func writeForgettably<Value: Sendable>(
        _ body: @Sendable (Database) throws -> Value
    ) async throws -> Value {
        try refuseIfClosed()
        return try await translatingErrors {
            try await pool.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA synchronous = NORMAL")
                let result = Result { try Self.inTransaction(db, body) }
                // Whatever became of it: what is recorded next must last.
                try db.execute(sql: "PRAGMA synchronous = FULL")
                return try result.get()
            }
        }
    }

    private static func inTransaction<Value>(
        _ db: Database, _ body: (Database) throws -> Value
    ) throws -> Value {
        var value: Value?
        try db.inTransaction(.immediate) {
            value = try body(db)
            return .commit
        }
        guard let value else { throw StoreError.unavailable("a transaction did not run") }
        return value
    }

    /// Changes what is known of projects, in one transaction, and tells every process on the folder.
    func changeProjects<Value: Sendable>(_ body: @Sendable (Database) throws -> Value) async throws -> Value {
        let (value, version) = try await write { db in
            let value = try body(db)
            let table = InstallationTable(db: db)
            try table.projectsChanged()
            return (value, try table.projectsVersion())
        }
        mark.set(version)
        return value
    }

    /// What another process, or this one, has written down about changed projects.
    public var projectsMark: Int64 { mark.value }

    var diskBytes: Int64 { folder.databaseBytes }

    private func refuseIfClosed() throws(StoreError) {
        if isClosed.withLock({ $0 }) { throw .closed }
    }

    private func translatingErrors<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as DatabaseError {
            throw isClosed.withLock({ $0 }) ? .closed : StoreError(error)
        }
    }
}
