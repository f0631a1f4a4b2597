// Traces across services: going on with those of others, and handing ours on.

extension Flycatcher {
    /// Runs `body` in the trace that a request or message names, so that what is captured there and here is seen
    /// together; in a new one when it names none, or one of another organisation.
    ///
    /// It works without tracing too: errors then carry the trace. A span around it has no part in it.
    ///
    /// - Parameters:
    ///   - sentryTrace: the value of the header `sentry-trace`.
    ///   - baggage: the value of the header `baggage`; several are joined with commas.
    ///   - traceparent: the value of W3C's header, which counts when there is no `sentry-trace`.
    ///   - body: the work that was asked for.
    /// - Returns: what `body` returns.
    /// - Throws: what `body` throws.
    public static func continueTrace<Result, Failure: Error>(
        sentryTrace: String?, baggage: String?, traceparent: String? = nil,
        _ body: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let headers = TraceHeaders(sentryTrace: sentryTrace, traceparent: traceparent, baggage: baggage)
        guard let client = ActiveClient.current else { return try body() }
        return try Scopes.here.at(.propagated(client.settings.trace(of: headers))).bind(body)
    }

    /// Runs `body` in the trace that a request or message names, across its suspensions; see the form without `async`.
    public static func continueTrace<Result>(
        sentryTrace: String?, baggage: String?, traceparent: String? = nil,
        isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Result
    ) async rethrows -> Result {
        let headers = TraceHeaders(sentryTrace: sentryTrace, traceparent: traceparent, baggage: baggage)
        guard let client = ActiveClient.current else { return try await body() }
        return try await Scopes.here.at(.propagated(client.settings.trace(of: headers))).bind(body)
    }

    /// Runs `body` in a trace of its own, which has nothing to do with the one around it.
    public static func startNewTrace<Result, Failure: Error>(
        _ body: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        guard isEnabled else { return try body() }
        return try Scopes.here.at(.propagated(PropagationContext())).bind(body)
    }

    /// Runs `body` in a trace of its own, across its suspensions; see the form without `async`.
    public static func startNewTrace<Result>(
        isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Result
    ) async rethrows -> Result {
        guard isEnabled else { return try await body() }
        return try await Scopes.here.at(.propagated(PropagationContext())).bind(body)
    }

    /// The headers by which whoever gets a request or message can continue the trace.
    ///
    /// ```swift
    /// for (name, value) in Flycatcher.traceHeaders(for: url, baggage: request.headers["baggage"]) {
    ///     request.headers[name] = value
    /// }
    /// ```
    ///
    /// - Parameters:
    ///   - url: where the request goes. There are no headers for the server that events are sent to, nor for URLs
    ///     that ``Options/tracePropagationTargets`` leaves out; nil stands for a message that has no URL.
    ///   - baggage: what other libraries have put into the request's `baggage`, which is kept.
    /// - Returns: `sentry-trace`, `baggage` and, if ``Options/propagateTraceparent`` wants it, `traceparent`; nothing
    ///   while the SDK is off.
    public static func traceHeaders(for url: String? = nil, baggage: String? = nil) -> [String: String] {
        guard let client = ActiveClient.current, url.map(client.settings.propagatesTrace(to:)) ?? true else {
            return [:]
        }
        return client.tracer.position.headers(client.settings, keeping: baggage)
    }

    /// The variables by which a program that this one runs can continue the trace: `SENTRY_TRACE` and `SENTRY_BAGGAGE`.
    ///
    /// Add them to the environment that the program is given. The SDK in it finds them when it starts.
    public static func traceEnvironment() -> [String: String] {
        let headers = traceHeaders()
        return ["SENTRY_TRACE": headers["sentry-trace"], "SENTRY_BAGGAGE": headers["baggage"]]
            .compactMapValues(\.self)
    }
}
