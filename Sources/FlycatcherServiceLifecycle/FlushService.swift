// The service that sees to it that nothing captured is left behind when an app ends.

#if ServiceLifecycle
    import Dispatch
    public import Flycatcher
    public import ServiceLifecycle

    extension Flycatcher {
        /// Sends what was captured when the service group that it belongs to ends.
        ///
        /// Put it first: a group ends its services in reverse order, so what the others report while they end is
        /// sent too.
        ///
        /// ```swift
        /// let group = ServiceGroup(
        ///     services: [Flycatcher.FlushService(), server.capturingFailure()],
        ///     gracefulShutdownSignals: [.sigterm], logger: logger)
        /// try await group.run()
        /// ```
        public struct FlushService: Service, CustomStringConvertible {
            private let timeout: Duration

            /// Makes the service.
            ///
            /// - Parameter timeout: how long the end of the app may be held up at most; two seconds by default.
            public init(timeout: Duration = .seconds(2)) {
                self.timeout = timeout
            }

            /// How a service group's log names it.
            public var description: String { "Flycatcher.FlushService" }

            /// Waits for the end, orderly or not, and flushes.
            public func run() async {
                // A cancelled task is an end like any other.
                try? await gracefulShutdown()
                await flush()
            }

            /// Flushes on a thread that may block, so that the tasks which still have to end go on.
            private func flush() async {
                await withCheckedContinuation { continuation in
                    DispatchQueue.global().async {
                        Flycatcher.flush(timeout: timeout)
                        continuation.resume()
                    }
                }
            }
        }
    }
#endif
