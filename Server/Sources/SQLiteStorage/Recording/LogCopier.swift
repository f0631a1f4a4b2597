// Copies the write-ahead log back into the database, so that nobody who commits has to.

import Foundation
import GRDB
import GRDBSQLite
import Synchronization

/// Copies the log back on a thread and a connection of its own, while others write.
///
/// Left to itself, SQLite has it done by whoever commits when the log is full: for a tenth of a second every few seconds,
/// in which all senders wait. Here each commit says how long the log is; from a quarter of its length on the copier is
/// woken. Only when it is behind does the one who commits have to, so that the log is bounded all the same.
final class LogCopier: Sendable {
    /// From so many pages on the log is copied back: 16 MB.
    fileprivate static let plenty: Int32 = 4000
    /// From so many on whoever commits copies it.
    private static let full: Int32 = 16_000
    /// The log begins anew only when all of it is copied, and meanwhile it grows: so often is the rest copied, too.
    private static let passes = 6

    private let database: DatabaseQueue
    private let alarm = LogAlarm()
    private let end = ThreadEnd()

    /// Opens a connection to the database of a pool, and listens to what the pool commits.
    ///
    /// It must be held for as long as the pool is.
    init(for pool: DatabasePool) throws {
        var configuration = Configuration()
        configuration.label = "flycatcher.copier"
        database = try DatabaseQueue(path: pool.path, configuration: configuration)
        let context = Unmanaged.passUnretained(alarm).toOpaque()
        pool.writeWithoutTransaction { db in
            _ = sqlite3_wal_hook(
                db.sqliteConnection,
                { context, connection, name, pageCount in
                    guard let context else { return SQLITE_OK }
                    Unmanaged<LogAlarm>.fromOpaque(context).takeUnretainedValue().note(pageCount)
                    // Without success the next commit tries again, as SQLite itself does.
                    if pageCount >= LogCopier.full { _ = sqlite3_wal_checkpoint(connection, name) }
                    return SQLITE_OK
                }, context)
        }
        start()
    }

    deinit {
        alarm.silence()
    }

    /// Copies no more, and returns when the last copy has ended.
    func close() async throws {
        alarm.silence()
        await end.wait()
        try database.close()
    }

    private func start() {
        let thread = Thread { [database, alarm, end] in
            while alarm.wait() { Self.copy(in: database) }
            end.reach()
        }
        thread.name = "log copier"
        thread.start()
    }

    private static func copy(in database: DatabaseQueue) {
        for _ in 0..<passes {
            // Somebody else copies, or the disk refuses: the next commit wakes us again, and hears of the disk itself.
            guard let log = try? database.inDatabase({ try $0.checkpoint(.passive) }),
                log.checkpointedFrameCount < log.walFrameCount
            else { return }
        }
    }
}

/// Wakes the copier when the log is long.
private final class LogAlarm: Sendable {
    private struct State {
        var isRaised = false
        var isSilenced = false
    }

    private let state = Mutex(State())
    private let bell = DispatchSemaphore(value: 0)

    /// Hears how many pages the log has.
    func note(_ pageCount: Int32) {
        guard pageCount >= LogCopier.plenty else { return }
        let isNews = state.withLock { state in
            defer { state.isRaised = true }
            return !state.isRaised
        }
        if isNews { bell.signal() }
    }

    /// Lets whoever waits go, and everybody after.
    func silence() {
        state.withLock { $0.isSilenced = true }
        bell.signal()
    }

    /// Waits until the log is long; false when nobody wants to know any more.
    func wait() -> Bool {
        bell.wait()
        return state.withLock { state in
            state.isRaised = false
            return !state.isSilenced
        }
    }
}
