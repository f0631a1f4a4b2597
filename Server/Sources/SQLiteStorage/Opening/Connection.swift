// How connections to the database are set up.

import Foundation
import GRDB

/// Opens the pool of connections: one that writes, a few that read.
enum Connection {
    /// `FLYC`: marks the file as ours.
    static let applicationID = 0x464C_5943

    static func open(_ folder: DataFolder, options: StoreOptions) throws -> DatabasePool {
        let pool = try DatabasePool(path: folder.database, configuration: configuration(options))
        // The pool turns to NORMAL when it starts the write-ahead log; a 200 promises more than that.
        try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        return pool
    }

    /// Lets empty pages be given back one by one, in a new file or in what is written anew from this one.
    ///
    /// Where it is so already, setting it once more would be a write.
    static func letGiveSpaceBack(_ db: Database) throws {
        guard try Int.fetchOne(db, sql: "PRAGMA auto_vacuum") != 2 else { return }
        try db.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL")
    }

    private static func configuration(_ options: StoreOptions) -> Configuration {
        let timeout = options.busyTimeout / .seconds(1)
        var configuration = Configuration()
        configuration.label = "flycatcher"
        configuration.busyMode = .timeout(timeout)
        configuration.maximumReaderCount = options.maximumReaderCount
        configuration.prepareDatabase { db in
            let isReader = db.configuration.readonly
            let cache = isReader ? options.readerCacheBytes : options.writerCacheBytes
            try db.execute(sql: "PRAGMA cache_size = -\(cache / 1024); PRAGMA temp_store = MEMORY")
            if !isReader {
                try db.execute(sql: writerPragmas)
                try letGiveSpaceBack(db)
            }
        }
        return configuration
    }

    /// What the writing connection adds.
    ///
    /// - Event ids are random, so each event dirties a page of their index, and each page is written twice: pages of
    ///   4 KB write a third less than those of 8 KB, and bodies of 3 KB take as much room in either. The size holds
    ///   for new files only.
    /// - Debian's library overwrites what is deleted unless told not to.
    /// - The log is copied back every 64 MB at the latest, in a server much sooner by its ``LogCopier``, and cut to 64 MB
    ///   when it has grown beyond.
    private static let writerPragmas = """
        PRAGMA page_size = 4096;
        PRAGMA secure_delete = OFF;
        PRAGMA wal_autocheckpoint = 16000;
        PRAGMA journal_size_limit = 67108864;
        """
}

extension Duration {
    fileprivate static func / (duration: Duration, unit: Duration) -> Double {
        let (seconds, attoseconds) = duration.components
        let (unitSeconds, unitAttoseconds) = unit.components
        return (Double(seconds) + Double(attoseconds) / 1e18)
            / (Double(unitSeconds) + Double(unitAttoseconds) / 1e18)
    }
}
