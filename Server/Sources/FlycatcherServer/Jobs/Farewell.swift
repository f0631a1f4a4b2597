// Does something when everything that was started after it has ended.

import ServiceLifecycle

/// A service that only waits for the end.
///
/// Services end in the opposite order of their start.
struct Farewell: Service, CustomStringConvertible {
    let description: String
    let work: @Sendable () async -> Void

    func run() async {
        // Whether the server was asked to end or is being torn down, what follows must be done.
        try? await gracefulShutdown()
        // A task of its own, because a cancelled one could not reach the database any more.
        await Task { await work() }.value
    }
}
