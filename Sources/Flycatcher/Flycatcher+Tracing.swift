// Transactions and spans: how long a piece of work takes, and its parts.

extension Flycatcher {
    /// Runs `body` as a transaction: one piece of work that is measured as a whole.
    ///
    /// ```swift
    /// try await Flycatcher.withTransaction(name: "nightly import", operation: "task") { _ in
    ///     let rows = try await Flycatcher.withSpan(operation: "db.query", description: "SELECT …") { _ in try await load() }
    ///     try await store(rows)
    /// }
    /// ```
    ///
    /// It continues the trace around it, as ``continueTrace(sentryTrace:baggage:traceparent:_:)`` sets
    /// one, or begins its own. Events that are captured in it name it. Whether it is sent is decided now: by the
    /// options given, ``Options/tracesSampler``, the decision that came with the trace, ``Options/tracesSampleRate``,
    /// the first that has something to say. When `body` throws, its status says so; the error is not captured.
    public static func withTransaction<Result, Failure: Error>(
        name: String, operation: String, options: TransactionOptions = TransactionOptions(),
        _ body: (Span) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try startTransaction(name: name, operation: operation, options: options).finishing(body)
    }

    /// Runs `body` as a transaction, across its suspensions; see the form without `async`.
    public static func withTransaction<Result>(
        name: String, operation: String, options: TransactionOptions = TransactionOptions(),
        isolation: isolated (any Actor)? = #isolation, _ body: (Span) async throws -> Result
    ) async rethrows -> Result {
        try await startTransaction(name: name, operation: operation, options: options).finishing(body)
    }

    /// Runs `body` as a part of the active span; without one it just runs.
    ///
    /// - Parameters:
    ///   - operation: the kind of operation, such as `db.query` or `http.client`.
    ///   - description: what it does, in words that are the same each time.
    ///   - origin: who records it: `manual`, or `auto.` and the name of an integration.
    ///   - body: the operation, with its span; when it throws, the status says so.
    /// - Returns: what `body` returns.
    /// - Throws: what `body` throws.
    public static func withSpan<Result, Failure: Error>(
        operation: String, description: String? = nil, origin: String = "manual",
        _ body: (Span) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        guard let parent = activeSpan else { return try body(.inert) }
        let span = parent.startChild(operation: operation, description: description, origin: origin)
        return try span.isRecording ? span.finishing(body) : body(span)
    }

    /// Runs `body` as a part of the active span, across its suspensions; see the form without `async`.
    public static func withSpan<Result>(
        operation: String, description: String? = nil, origin: String = "manual",
        isolation: isolated (any Actor)? = #isolation, _ body: (Span) async throws -> Result
    ) async rethrows -> Result {
        guard let parent = activeSpan else { return try await body(.inert) }
        let span = parent.startChild(operation: operation, description: description, origin: origin)
        return try await span.isRecording ? span.finishing(body) : body(span)
    }

    /// Begins a transaction that ends with ``Span/finish(status:)``; it is not active by that, see
    /// ``Span/whileActive(_:)``.
    public static func startTransaction(
        name: String, operation: String, options: TransactionOptions = TransactionOptions()
    ) -> Span {
        guard let client = ActiveClient.current else { return .inert }
        return client.tracer.begin(client, name, operation, options)
    }

    /// The innermost span around the caller, of which ``withSpan(operation:description:origin:_:)`` makes a part.
    public static var activeSpan: Span? {
        if case .span(let span)? = TracePosition.here { span } else { nil }
    }
}

// MARK: Being active

extension Flycatcher.Span {
    /// Runs `body` with it as the active span, and does not end it.
    ///
    /// For callbacks: the function that is called back runs its part in here.
    public func whileActive<Result, Failure: Error>(
        _ body: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        if isInert { return try body() }
        return try Scopes.here.at(.span(self)).bind(body)
    }

    /// Runs `body` with it as the active span, across its suspensions, and does not end it.
    public func whileActive<Result>(
        isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Result
    ) async rethrows -> Result {
        if isInert { return try await body() }
        return try await Scopes.here.at(.span(self)).bind(body)
    }

    /// Runs `body` with it as the active span, and ends it, in its scopes.
    fileprivate func finishing<Result, Failure: Error>(
        _ body: (Flycatcher.Span) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try whileActive { () throws(Failure) in
            do throws(Failure) {
                let result = try body(self)
                finish()
                return result
            } catch {
                finish(throwing: error)
                throw error
            }
        }
    }

    fileprivate func finishing<Result>(
        isolation: isolated (any Actor)? = #isolation, _ body: (Flycatcher.Span) async throws -> Result
    ) async rethrows -> Result {
        try await whileActive {
            do {
                let result = try await body(self)
                finish()
                return result
            } catch {
                finish(throwing: error)
                throw error
            }
        }
    }

    private var isInert: Bool {
        if case .nothing = role { true } else { false }
    }
}
