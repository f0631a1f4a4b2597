// Scopes: what belongs to the process, to a request, to a block.

extension Flycatcher {
    /// Runs `body` with a scope of its own: what is set on it goes with the events captured inside, and nowhere else.
    ///
    /// ```swift
    /// Flycatcher.withScope { scope in
    ///     scope.setTag("tenant", to: "acme")
    ///     Flycatcher.capture(message: "quota exceeded")
    /// }
    /// ```
    ///
    /// The new scope begins as a copy of the current one. It belongs to the task: child tasks see it, other tasks,
    /// `Task.detached` among them, do not; ``carriedScopes`` take it there.
    public static func withScope<Result, Failure: Error>(
        _ body: (Scope) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let scopes = Scopes.here.forkingCurrent()
        return try scopes.bind { () throws(Failure) in try body(scopes.current) }
    }

    /// Runs `body` with a scope of its own, across its suspensions; see the form without `async`.
    public static func withScope<Result>(
        isolation: isolated (any Actor)? = #isolation, _ body: (Scope) async throws -> Result
    ) async rethrows -> Result {
        let scopes = Scopes.here.forkingCurrent()
        return try await scopes.bind { try await body(scopes.current) }
    }

    /// Runs `body` as a request or job of its own: ``setTag(_:to:)``, ``setUser(_:)``, ``addBreadcrumb(_:)`` and their
    /// like, called inside, concern only this one.
    ///
    /// Work that runs at once needs it, or each would see what the others set. Integrations for web frameworks do it
    /// for each request.
    public static func withIsolationScope<Result, Failure: Error>(
        _ body: (Scope) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let scopes = Scopes.here.forkingIsolation()
        return try scopes.bind { () throws(Failure) in try body(scopes.isolation) }
    }

    /// Runs `body` as a request or job of its own, across its suspensions; see the form without `async`.
    public static func withIsolationScope<Result>(
        isolation: isolated (any Actor)? = #isolation, _ body: (Scope) async throws -> Result
    ) async rethrows -> Result {
        let scopes = Scopes.here.forkingIsolation()
        return try await scopes.bind { try await body(scopes.isolation) }
    }

    /// Changes one of the scopes around the caller.
    ///
    /// While the SDK is off, nothing is done; ``Options/initialScope`` is for what holds from the start.
    ///
    /// - Parameters:
    ///   - kind: which scope; that of the request or job when left out.
    ///   - body: what to change.
    public static func configureScope(_ kind: ScopeKind = .isolation, _ body: (Scope) -> Void) {
        guard isEnabled else { return }
        body(Scopes.here.scope(kind))
    }

    /// The scopes around the caller, to be taken along to where they would be lost; see ``CarriedScopes``.
    public static var carriedScopes: CarriedScopes {
        CarriedScopes(scopes: .here)
    }
}
