// What an outgoing request says about the trace, and which requests do.

import FlycatcherWire

extension TracePosition {
    /// The headers of an outgoing request, with what other libraries have put into its baggage.
    func headers(_ settings: Settings, keeping baggage: String?) -> [String: String] {
        let place = place
        var headers = ["sentry-trace": place.headerValue]
        headers["baggage"] = Baggage.header(adding: samplingContext(settings), to: baggage)
        if settings.options.propagateTraceparent { headers["traceparent"] = place.traceparent }
        return headers
    }
}

extension Settings {
    /// Whether requests to a URL carry the trace: never those that carry events, else as the options say.
    func propagatesTrace(to url: String) -> Bool {
        if let dsn, dsn.isTarget(of: url) { return false }
        return options.tracePropagationTargets?.matches(url) ?? true
    }

    /// The trace that a request's headers name, or a new one.
    func trace(of headers: TraceHeaders) -> PropagationContext {
        .continuing(headers, by: traceContinuation)
    }
}
