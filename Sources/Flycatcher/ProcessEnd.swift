// What happens to the SDK when the process ends or splits.

import Foundation

/// Sends what waits before a normal exit, and stays out of the children of a fork.
enum ProcessEnd {
    /// Must be first asked for when the transport exists: handlers run backwards, and TLS must outlive us.
    static let isWatched: Bool = {
        let isWatchingExit = atexit { _ = Flycatcher.close() } == 0
        // Only the thread that forks lives on in the child; the worker, its locks and its connection don't.
        let isWatchingForks = pthread_atfork(nil, nil) { ActiveClient.orphan() } == 0
        return isWatchingExit && isWatchingForks
    }()
}
