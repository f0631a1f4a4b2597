// Does something again and again while the server runs, and once more when it ends.

import ServiceLifecycle

/// A service that works, waits and works again until the server shuts down.
struct RepeatingJob: Service, CustomStringConvertible {
    let description: String
    let interval: Duration
    let work: @Sendable () async -> Void

    func run() async {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await work()
                // Only cancellation ends the sleep early, and the loop looks for that itself.
                try? await Task.sleep(for: interval)
            }
        }
    }
}
