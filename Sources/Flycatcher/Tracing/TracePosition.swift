// Where in a trace the work at hand is.

import FlycatcherWire

/// The innermost span, or the trace itself where there is none.
enum TracePosition: Sendable {
    case span(Flycatcher.Span)
    case propagated(PropagationContext)

    /// What an outgoing request says about its place; without a decision about the trace it is left open.
    var place: SentryTrace {
        switch self {
        case .span(let span): span.place
        case .propagated(let context):
            // What another service has decided holds for those behind us too.
            SentryTrace(
                traceID: context.traceID, spanID: context.spanID, isSampled: context.isParentSampled)
        }
    }

    /// The fields of an event's context `trace`.
    var context: [String: Flycatcher.JSONValue] {
        switch self {
        case .span(let span): span.context
        case .propagated(let context):
            [
                "trace_id": .string(context.traceID.description),
                "span_id": .string(context.spanID.description),
                "parent_span_id": (context.parentSpanID?.description).map { .string($0) },
            ].compactMapValues(\.self)
        }
    }

    /// What is known about the trace, for those behind us and for the server.
    func samplingContext(_ settings: Settings) -> DynamicSamplingContext {
        switch self {
        case .span(let span): span.samplingContext(settings)
        case .propagated(let context): context.received ?? .beginning(context.traceID, settings)
        }
    }

    /// The name of the operation at hand, if it is recorded as a transaction.
    var transactionName: String? {
        if case .span(let span) = self { span.transactionName } else { nil }
    }

    /// The trace as a transaction finds it that begins here.
    func continued(_ settings: Settings) -> PropagationContext {
        switch self {
        case .span(let span): PropagationContext(continuing: span.place, span.samplingContext(settings))
        case .propagated(let context): context
        }
    }
}

extension DynamicSamplingContext {
    /// What is said about a trace that begins here, before anything is decided about it.
    static func beginning(_ traceID: TraceID, _ settings: Settings) -> DynamicSamplingContext {
        var context = DynamicSamplingContext()
        context[.traceID] = traceID.description
        context[.publicKey] = settings.dsn?.publicKey
        context[.sampleDraw] = SampleDraw(for: traceID).description
        context[.organizationID] = settings.organizationID
        context[.environment] = settings.environment
        context[.release] = settings.release
        return context
    }
}

extension Settings {
    /// The organisation on the server, if it is known.
    var organizationID: String? {
        options.orgID ?? dsn?.organizationID
    }

    /// Whose traces are continued.
    var traceContinuation: TraceContinuation {
        TraceContinuation(organizationID: organizationID, isStrict: options.strictTraceContinuation)
    }
}
