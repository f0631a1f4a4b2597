// What a client knows about traces: that of the process, and which transactions are sent.

import FlycatcherWire

/// Finds the trace at hand, and begins transactions.
struct Tracer: Sendable {
    private let settings: Settings
    /// By how much the share of sampled traces is divided just now.
    private let backpressure: @Sendable () -> Int
    /// The trace that whoever started the process is in, if that was told.
    private let continued: PropagationContext?
    /// The trace of everything that has no other.
    private let ofProcess: PropagationContext

    init(_ settings: Settings, backpressure: @escaping @Sendable () -> Int) {
        self.settings = settings
        self.backpressure = backpressure
        let headers = TraceHeaders(sentryTrace: settings.incomingTrace, baggage: settings.incomingBaggage)
        continued = .ofProcess(headers, by: settings.traceContinuation)
        ofProcess = continued ?? PropagationContext()
    }

    /// Where the caller is.
    var position: TracePosition {
        .here ?? .propagated(ofProcess)
    }

    /// The trace in which work begins that is a whole: the one around the caller, or a new one.
    ///
    /// The process's own trace is none to be in, or all that a server ever does would be one; unless it was continued.
    var traceForWork: PropagationContext {
        TracePosition.here?.continued(settings) ?? continued ?? PropagationContext()
    }

    func begin(
        _ client: Client, _ name: String, _ operation: String, _ options: Flycatcher.TransactionOptions
    ) -> Flycatcher.Span {
        let trace = traceForWork
        let context = Flycatcher.TraceSamplingContext(
            name: name, operation: operation, source: options.source, isParentSampled: trace.isParentSampled,
            parentSampleRate: trace.received?.sampleRate, custom: options.samplingData)
        let decision = sampler.decision(context, explicit: options.isSampled, trace.draw)
        return Flycatcher.Span(
            .root(Recording(client, in: trace, name, options.source, decision)), traceID: trace.traceID,
            parentSpanID: trace.parentSpanID, operation: operation, origin: options.origin)
    }

    private var sampler: TraceSampler {
        TraceSampler(
            rate: settings.tracesSampleRate,
            sampler: settings.options.tracesSampler.map { sampler in
                { context in
                    Hook.rate("tracesSampler", settings.diagnostics) { try sampler(context) }
                }
            }, backpressure: backpressure())
    }
}
