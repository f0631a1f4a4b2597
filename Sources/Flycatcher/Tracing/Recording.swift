// A transaction while it goes on: what all its spans share.

import FlycatcherWire
import Synchronization

/// Collects the finished spans of one transaction, and hands them in when it ends.
final class Recording: Sendable {
    private struct State {
        var name: String
        var source: Flycatcher.TransactionSource
        var spans: [Flycatcher.SpanRecord] = []
        /// Settled as soon as somebody has been told.
        var samplingContext: DynamicSamplingContext?
        var isFinished = false
    }

    let decision: SamplingDecision
    private let client: Client
    private let trace: PropagationContext
    let startedAt = Timestamp.now
    private let start = ContinuousClock.now
    private let spanCount = Atomic<Int>(0)
    private let state: Mutex<State>

    init(
        _ client: Client, in trace: PropagationContext, _ name: String,
        _ source: Flycatcher.TransactionSource, _ decision: SamplingDecision
    ) {
        self.client = client
        self.trace = trace
        self.decision = decision
        state = Mutex(State(name: name, source: source))
    }

    /// The moment by a clock that never goes back, so that no span ends before it began.
    var now: Timestamp {
        startedAt.advanced(byMicroseconds: Int64((ContinuousClock.now - start) / .microseconds(1)))
    }

    /// Whether the trace is sent, as far as it is known; with tracing off it is for others to say.
    var isSampled: Bool? {
        decision == .open ? trace.isParentSampled : decision.isSampled
    }

    var name: String {
        state.withLock { $0.name }
    }

    func rename(_ name: String, _ source: Flycatcher.TransactionSource) {
        state.withLock { ($0.name, $0.source) = (name, source) }
    }

    /// What is said about the trace: what was received, or else what is known the first time that somebody asks.
    var samplingContext: DynamicSamplingContext {
        if let received = trace.received { return received }
        return state.withLock { state in
            let context = state.samplingContext ?? begun(state)
            state.samplingContext = context
            return context
        }
    }

    private func begun(_ state: State) -> DynamicSamplingContext {
        var context = DynamicSamplingContext.beginning(trace.traceID, client.settings)
        context[.isSampled] = decision.isSampled.map { $0 ? "true" : "false" }
        context[.sampleRate] = decision.rate?.description
        // A URL may hold what identifies people.
        if state.source != .url { context[.transaction] = state.name }
        return context
    }

    // MARK: Spans

    /// Counts one more span, and says whether it is recorded.
    func admitsSpan() -> Bool {
        let number = spanCount.wrappingAdd(1, ordering: .relaxed).newValue
        return decision.isSampled == true && number <= client.settings.maxSpans
    }

    /// A span that takes the place of one that is not recorded: what happens in it happens at `span`.
    func unrecorded(at span: Flycatcher.Span) -> Flycatcher.Span {
        Flycatcher.Span(.nothing, traceID: span.traceID, spanID: span.spanID, operation: span.operation)
    }

    /// Keeps a span that has ended; after the transaction's own end it is too late.
    func add(_ span: Flycatcher.SpanRecord) {
        state.withLock { state in
            if !state.isFinished { state.spans.append(span) }
        }
    }

    func finish(_ root: Flycatcher.SpanRecord) {
        let count = spanCount.load(ordering: .relaxed)
        switch decision {
        case .open: return
        case .dropped(_, let reason):
            client.discards.record(Loss.transaction(spanCount: count), reason)
        case .sampled(let rate):
            let surplus = count - client.settings.maxSpans
            if surplus > 0 { client.discards.record([Loss(.span, surplus)], .bufferOverflow) }
            client.finish(capture(root, rate))
        }
    }

    private func capture(_ root: Flycatcher.SpanRecord, _ rate: Double?) -> TransactionCapture {
        let context = samplingContext
        let (name, source, spans) = state.withLock { state in
            state.isFinished = true
            return (state.name, state.source, state.spans)
        }
        var event = Flycatcher.Event(level: .info)
        event.transaction = name
        event.contexts["trace"] = root.context
        if trace.received == nil, let rate {
            event.contexts["trace", default: [:]]["client_sample_rate"] = .double(rate)
        }
        return TransactionCapture(
            transaction: Flycatcher.Transaction(event: event, source: source, root: root, spans: spans),
            samplingContext: context,
            event: Capture(
                id: event.id, content: .event(event), scopes: Scopes.here.snapshot(nil),
                trace: .propagated(trace)))
    }
}
