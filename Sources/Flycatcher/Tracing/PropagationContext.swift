// The trace that work belongs to which has no span of its own.

import FlycatcherWire

/// A place in a trace, made here or continued from another service.
///
/// It is all that tracing needs while no transactions are recorded: events and outgoing requests name it.
final class PropagationContext: Sendable {
    let traceID: TraceID
    /// What stands for the span that there is not, so that events and requests have one to name.
    let spanID: SpanID
    /// The operation elsewhere that set off the work here.
    let parentSpanID: SpanID?
    /// What the service elsewhere decided about the trace.
    let isParentSampled: Bool?
    /// What that service said about the trace, never changed; nil when the trace begins here.
    let received: DynamicSamplingContext?

    /// Begins a trace.
    init() {
        traceID = TraceID()
        spanID = SpanID()
        parentSpanID = nil
        isParentSampled = nil
        received = nil
    }

    /// Continues a trace.
    ///
    /// Without sampling context the trace has an empty one, since it is not for us to decide anything about it.
    init(continuing parent: SentryTrace, _ received: DynamicSamplingContext?) {
        traceID = parent.traceID
        spanID = SpanID()
        parentSpanID = parent.spanID
        isParentSampled = parent.isSampled
        self.received = received?.completed(for: parent) ?? DynamicSamplingContext()
    }

    /// Continues the trace that a request's headers name; begins one when they name none, or one of strangers.
    static func continuing(_ headers: TraceHeaders, by rule: TraceContinuation) -> PropagationContext {
        guard let parent = headers.place else { return PropagationContext() }
        let context = headers.baggage.flatMap { DynamicSamplingContext(Baggage($0)) }
        let isOurs = rule.continues(traceOf: context?[.organizationID].flatMap { $0.isEmpty ? nil : $0 })
        return isOurs ? PropagationContext(continuing: parent, context) : PropagationContext()
    }

    /// The trace that whoever started the process is in; nil when there is none, or one of strangers.
    static func ofProcess(_ headers: TraceHeaders, by rule: TraceContinuation) -> PropagationContext? {
        let context = continuing(headers, by: rule)
        return context.received == nil ? nil : context
    }

    /// The number that decides about the trace.
    var draw: SampleDraw {
        received?.sampleDraw ?? SampleDraw(for: traceID)
    }
}

/// What a request, a message or an environment says about the trace that it is part of.
struct TraceHeaders: Sendable {
    var sentryTrace: String?
    var traceparent: String?
    var baggage: String?

    /// The place in the trace; `traceparent` counts where there is no `sentry-trace` that can be read.
    var place: SentryTrace? {
        sentryTrace.flatMap { SentryTrace(sentryTrace: $0) }
            ?? traceparent.flatMap { SentryTrace(traceparent: $0) }
    }
}

extension DynamicSamplingContext {
    /// The context with a number to decide by, which older services leave out.
    fileprivate func completed(for parent: SentryTrace) -> DynamicSamplingContext {
        guard self[.sampleDraw] == nil else { return self }
        var context = self
        let draw =
            if let isSampled = parent.isSampled, let rate = sampleRate {
                SampleDraw(for: parent.traceID, isSampled: isSampled, rate: rate)
            } else {
                SampleDraw(for: parent.traceID)
            }
        context[.sampleDraw] = draw.description
        return context
    }
}
