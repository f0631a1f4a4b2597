// Removes what has had its time: sessions that can change no more, old runs of jobs, traces beyond their room.

import Logging
import Model

extension Composition {
    /// Bytes of traces that are kept.
    static let traceBytes: Int64 = 1 << 30

    /// Keeps what is neither an event nor a file within its bounds.
    var itemTrim: RepeatingJob {
        RepeatingJob(description: "trim sessions, check-ins and traces", interval: .seconds(30)) {
            do {
                while !Task.isCancelled,
                    try await store.trimItems(at: accounts.now(), traceBytes: Self.traceBytes)
                {}
            } catch is CancellationError {
                // The server ends; what is left is trimmed the next time.
            } catch {
                logger.warning("could not trim sessions, check-ins and traces, trying again", error: error)
            }
        }
    }
}
