// Reports the runs that ended before, on the worker's thread.

import CFlycatcher
import FlycatcherWire

/// Makes and sends the event of an earlier run; its file goes once that is done with, one way or another.
struct RunReports: Sendable {
    let settings: Settings
    let pipeline: EventPipeline
    let delivery: Delivery
    let discards: Discards

    func report(_ run: EarlierRun) {
        guard run.beginAttempt(), let record = RunRecord(run.bytes) else {
            settings.diagnostics.note("the record of an earlier run cannot be used, and is given up")
            discards.record([Loss(.error, 1)], .internalError)
            return run.remove()
        }
        let capture = Capture(endOf: record, settings)
        if record.header.hasCrashed, !record.header.isTold { tell(capture, run) }
        guard !record.header.isDelivered else { return run.remove() }
        guard let parcel = pipeline.parcel(from: capture) else { return run.remove() }
        if delivery.attempt(parcel) {
            run.remove()
        } else {
            run.keep()
        }
    }

    private func tell(_ capture: Capture, _ run: EarlierRun) {
        run.noteTold()
        guard let hook = settings.options.onCrashedLastRun, let event = pipeline.completed(capture) else {
            return
        }
        Hook.$isRunning.withValue(true) { hook(event) }
    }
}

/// The end of an earlier run, as it is captured in this one.
struct RunEnd: Sendable {
    let event: Flycatcher.Event
    /// What becomes of the run's session, or of the requests that were under way.
    let sessionUpdate: Parcel.Content?
}

extension Capture {
    /// The event of a run that is over, with the scopes as they were.
    init(endOf record: RunRecord, _ settings: Settings) {
        let event = CrashEvent(record, settings).event()
        var scopes = record.scopes.data(at: record.crash?.marks ?? RunScopes.Marks())
        // What the app wants to see of all events it wants to see of this one.
        let processors = Flycatcher.Scope.global.copy.value.processors
        if !scopes.isEmpty { scopes[scopes.count - 1].processors = processors }
        self.init(
            id: event.id,
            content: .end(RunEnd(event: event, sessionUpdate: record.sessionUpdate)),
            scopes: scopes.map { CopyOnWrite($0) }, trace: .propagated(record.trace(settings)))
    }
}

extension RunRecord {
    /// The trace that the run was in.
    fileprivate func trace(_ settings: Settings) -> PropagationContext {
        let traceID = crash?.traceID ?? facts.traceID.flatMap { TraceID($0) }
        guard let traceID else { return PropagationContext() }
        let place = SentryTrace(traceID: traceID, spanID: crash?.spanID ?? SpanID(), isSampled: nil)
        return PropagationContext(continuing: place, .beginning(traceID, settings))
    }

    /// What the end of the run means for its release: the run's own session, else the requests under way.
    fileprivate var sessionUpdate: Parcel.Content? {
        guard let release = facts.release else { return nil }
        let attributes = SessionAttributes(release: release, environment: facts.environment)
        let moment = crash?.signal.moment ?? Timestamp(microseconds: Int64(clamping: header.raw.last_sign))
        if let session = facts.session {
            var session = ApplicationSession(
                attributes, restoring: session, errorCount: header.errorCount,
                sequence: header.sessionSequence)
            return session.end(unexpectedly: crash == nil ? .abnormal : .crashed, at: moment)
        }
        guard facts.countsRequests, header.openRequests > 0 else { return nil }
        let aggregates = SessionAggregates(attributes)
        for _ in 0..<min(header.openRequests, 10_000) {
            aggregates.count(crash == nil ? .abnormal : .crashed, startedAt: moment, userID: nil)
        }
        return aggregates.drain().first?.contents.first
    }
}
