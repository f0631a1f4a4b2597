// Scopes on their way to where no task would bring them.

extension Flycatcher {
    /// The scopes around a piece of work, for its parts that run elsewhere.
    ///
    /// Child tasks have them anyway. Detached tasks, event loops and dispatch queues know nothing of the task that
    /// hands them work:
    ///
    /// ```swift
    /// let scopes = Flycatcher.carriedScopes
    /// Task.detached { await scopes.run { await reindex() } }
    /// future.whenSuccess { order in scopes.run { store(order) } }
    /// ```
    ///
    /// They are shared, not copied: what is set on them there is seen here, as with child tasks.
    public struct CarriedScopes: Sendable {
        let scopes: Scopes

        /// Runs `body` under the scopes.
        public func run<Result, Failure: Error>(
            _ body: () throws(Failure) -> Result
        ) throws(Failure) -> Result {
            try scopes.bind(body)
        }

        /// Runs `body` under the scopes, across its suspensions.
        public func run<Result>(
            isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Result
        ) async rethrows -> Result {
            try await scopes.bind(body)
        }
    }
}
