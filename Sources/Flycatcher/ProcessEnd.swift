// What happens to the SDK when the process ends or splits.

import Foundation
import Synchronization

/// Sends what waits before a normal exit, up to the option `shutdownTimeout`.
struct ExitFlush: Flycatcher.Integration {
    /// The system has no room for another handler.
    struct Unwatched: Error {}

    let name = "exit"

    func install(_ options: Flycatcher.Options) throws {
        guard ProcessEnd.isExitWatched else { throw Unwatched() }
        ProcessEnd.flushes.store(true, ordering: .releasing)
    }

    func uninstall() {
        ProcessEnd.flushes.store(false, ordering: .releasing)
    }
}

/// The handlers that the system calls; once put up they stay.
enum ProcessEnd {
    /// Whether ``ExitFlush`` is installed.
    static let flushes = Atomic(false)

    /// Must be first asked for when the transport exists: handlers run backwards, and TLS must outlive us.
    static let isExitWatched =
        atexit { if flushes.load(ordering: .acquiring) { _ = Flycatcher.close() } } == 0

    /// Keeps out of the children of a fork: only the thread that forks lives on there; the worker, its locks and its
    /// connection don't.
    static let areForksWatched = pthread_atfork(nil, nil) { ActiveClient.orphan() } == 0
}
