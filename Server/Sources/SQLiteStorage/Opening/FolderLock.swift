// An advisory lock between processes, released by the system when its holder dies.

import Foundation
import Synchronization

/// A held `flock`; closing it, or ending the process in any way, frees it.
final class FolderLock: Sendable {
    private let descriptor: Mutex<Int32?>

    private init(descriptor: Int32) {
        self.descriptor = Mutex(descriptor)
    }

    deinit {
        release()
    }

    /// Takes the lock of the one server, or says that another one has it.
    static func server(of folder: DataFolder) throws(OpeningError) -> FolderLock {
        let lock = try open(folder.serverLock, O_RDWR | O_CREAT | O_CLOEXEC)
        guard lock.tryLock() else { throw .serverIsRunning(folder: folder.path) }
        return lock
    }

    /// Takes the lock under which a database is opened and migrated, by one process at a time.
    ///
    /// It lies on the folder itself. Migrations are short, so whoever waits longer than the deadline is told.
    static func opening(of folder: DataFolder, timeout: Duration) throws(OpeningError) -> FolderLock {
        let lock = try open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        let deadline = ContinuousClock.now + timeout
        while !lock.tryLock() {
            guard ContinuousClock.now < deadline else {
                throw .lockRefused(folder.path, reason: "another process has been opening it for \(timeout)")
            }
            usleep(5_000)
        }
        return lock
    }

    /// Whether some process has a lock; one that was never taken has no file.
    static func isHeld(_ path: String) -> Bool {
        guard let lock = try? open(path, O_RDONLY | O_CLOEXEC) else { return false }
        return !lock.tryLock()
    }

    /// Frees the lock; the second time does nothing.
    func release() {
        descriptor.withLock { held in
            if let held { _ = close(held) }
            held = nil
        }
    }

    private static func open(_ path: String, _ flags: Int32) throws(OpeningError) -> FolderLock {
        let descriptor = Foundation.open(path, flags, 0o600)
        guard descriptor >= 0 else { throw .lockRefused(path, reason: String(cString: strerror(errno))) }
        return FolderLock(descriptor: descriptor)
    }

    private func tryLock() -> Bool {
        descriptor.withLock { held in held.map { flock($0, LOCK_EX | LOCK_NB) == 0 } ?? false }
    }
}
