// Takes what is captured, and sees to it that it is sent.

import CFlycatcher
import FlycatcherWire
import Synchronization

/// One connection between an app and its project, from start to close.
///
/// ```
/// caller's thread   capture ─▶ Capture ─▶ queue ◀─ Parcel ◀─ batches, check-ins, transactions
///                                           │
/// worker's thread                           ▼ Event ─▶ Parcel ─▶ Envelope ─▶ Transport
/// ```
final class Client: Sendable {
    let settings: Settings
    let discards: Discards
    let tracer: Tracer
    let sessions: Sessions
    /// The log records that wait; nil when none are wanted.
    let logs: EntryBatch<Flycatcher.LogRecord>?
    /// The measurements that wait; nil when none are wanted.
    let metrics: EntryBatch<Flycatcher.Metric>?
    /// What was installed for this client.
    let integrations = Mutex<[any Flycatcher.Integration]>([])
    /// How often it is looked at whether libraries were loaded.
    private static let imageInterval = Duration.seconds(10)
    /// How long a client goes on sending that was replaced.
    private static let retirement = Duration.seconds(30)
    /// How long a start waits for the report of an early crash.
    private static let crashWait = Duration.seconds(5)
    /// A bound that keeps sums of moments and waits from overflowing.
    private static let longestWait = Duration.seconds(86_400)

    private let number = ClientNumber()
    private let agenda: Agenda
    private let delivery: Delivery
    private let queue: JobQueue<Job>
    private let spotlight: SpotlightViewer?

    init(_ settings: Settings) {
        self.settings = settings
        if settings.attachStacktrace { CallStack.prepare() }
        let discards = Discards(settings.diagnostics)
        let sessions = Sessions(settings)
        let pipeline = EventPipeline(settings, discards, sessions)
        let transactions = TransactionPipeline(settings, discards, pipeline)
        let spotlight = SpotlightViewer(settings.spotlight, settings.diagnostics)
        let cache = settings.envelopeCache
        let delivery = Delivery(settings, discards, cache, spotlight)
        self.discards = discards
        self.sessions = sessions
        self.spotlight = spotlight
        self.delivery = delivery
        logs = .logs(settings, discards)
        metrics = .metrics(settings, discards)
        let runReports = RunReports(
            settings: settings, pipeline: pipeline, delivery: delivery, discards: discards)
        let agenda = Agenda()
        self.agenda = agenda
        agenda.add(dueAt: .now + ClientReport.interval) { moment in
            delivery.deliverReport()
            return ([], moment + ClientReport.interval)
        }
        if let cache {
            let replay = Replay(cache: cache, delivery: delivery, discards: discards)
            agenda.add(dueAt: .now) { ([], replay.attend(at: $0)) }
        }
        let queue = JobQueue<Job>(
            capacity: settings.maxQueueItems,
            duties: JobQueue.Duties(
                work: { job in
                    switch job {
                    case .capture(let capture): pipeline.parcel(from: capture).map(delivery.deliver)
                    case .transaction(let capture): transactions.parcel(from: capture).map(delivery.deliver)
                    case .parcel(let parcel): delivery.deliver(parcel)
                    case .batch(let batch): batch.drain().forEach(delivery.deliver)
                    case .earlierRun(let run): runReports.report(run)
                    }
                },
                giveUp: { discards.record($0.flatMap(\.losses), .queueOverflow) },
                attend: { moment in
                    let (parcels, next) = agenda.attend(at: moment)
                    return (parcels.map(Job.parcel), next)
                },
                end: { way in
                    if way != .dropping {
                        agenda.drainBatches().forEach(delivery.deliver)
                        sessions.finish().map(delivery.deliver)
                        delivery.deliverReport()
                    }
                    settings.transport.close()
                    spotlight?.close()
                }))
        self.queue = queue
        let pressure = Backpressure { !queue.isFull && delivery.limitedUntil == nil }
        let isHandlingPressure = settings.options.enableBackpressureHandling
        tracer = Tracer(settings, backpressure: { isHandlingPressure ? pressure.factor() : 1 })
        sessions.aggregates.map(add)
        logs.map(add)
        metrics.map(add)
        if settings.handlesCrashes {
            agenda.add(dueAt: .now + Self.imageInterval) { moment in
                flycatcher_refresh_images()
                return ([], moment + Self.imageInterval)
            }
        }
    }

    /// Begins the session of the app's run, for whom the scopes name by now.
    func beginSession() {
        sessions.begin(userID: Scopes.here.snapshot(nil).sessionUserID).map(send)
    }

    /// Reports the runs that ended before, and waits for that only when the last one crashed so soon after its start that
    /// this one may do so too.
    func report(_ earlier: EarlierRuns) {
        if earlier.unreadableCount > 0 {
            discards.record([Loss(.error, earlier.unreadableCount)], .internalError)
        }
        if earlier.surplusCount > 0 {
            discards.record([Loss(.error, earlier.surplusCount)], .cacheOverflow)
        }
        let isUrgent = earlier.hasEarlyCrash
        for run in earlier.runs { _ = queue.append(.earlierRun(run)) }
        if isUrgent { _ = queue.waitForJobs(until: .now + Self.crashWait) }
    }

    /// Notes what there is to report and returns; everything slow happens on the worker's thread.
    ///
    /// `configure` changes a scope that is there for this capture alone.
    func capture(_ content: Capture.Content, _ configure: ((Flycatcher.Scope) -> Void)?) -> EventID {
        guard !Hook.isRunning else { return .none }
        let scopes = Scopes.here
        let snapshot = scopes.snapshot(configure)
        let id = content.eventID
        let report = report(of: content, as: id, scopes)
        if let report, report.eventID != id {
            add(Supplement(snapshot, content), to: report, scopes.session)
            return report.eventID
        }
        let thrown =
            settings.recordsThrows ? content.error.map { Thrown($0, limit: settings.maxStackFrames) } : nil
        let stack =
            settings.attachStacktrace && content.wantsStack && thrown?.site == nil
            ? CallStack.here(limit: settings.maxStackFrames) : nil
        let capture = Capture(
            id: id, content: content, scopes: snapshot, trace: tracer.position, stack: stack, thrown: thrown,
            report: report, session: scopes.session?.ticket())
        guard queue.append(.capture(capture)) else { return .none }
        if settings.options.sendsSynchronously { _ = flush(timeout: settings.options.flushTimeout) }
        if content.category == .error { scopes.isolation.lastEventID = id }
        return id
    }

    /// The first report of an error; nil for what is no error, and when each capture is wanted.
    private func report(of content: Capture.Content, as id: EventID, _ scopes: Scopes) -> Report? {
        guard settings.options.dedupe, let error = content.error else { return nil }
        return scopes.firstReport(or: Report(ErrorIdentity(error), eventID: id, client: number))
    }

    /// Adds to a report what a later capture knows; that nobody dealt with the error counts even after its event.
    private func add(_ supplement: Supplement, to report: Report, _ session: RequestSession?) {
        guard report.add(supplement) else { return }
        session?.ticket().note(.unhandled)
        let isFatal = supplement.scopes.lazy.compactMap(\.level).first == .fatal
        sessions.worsen(isFatal: isFatal).map(send)
    }

    /// What is kept of a breadcrumb; nil when nothing is.
    func reviewed(_ breadcrumb: Flycatcher.Breadcrumb) -> Flycatcher.Breadcrumb? {
        guard settings.maxBreadcrumbs > 0 else { return nil }
        guard let hook = settings.options.beforeBreadcrumb else { return breadcrumb }
        guard !Hook.isRunning else { return nil }
        return Hook.ask("beforeBreadcrumb", settings.diagnostics) { try hook(breadcrumb) }
    }

    /// Sends a transaction that has ended.
    func finish(_ capture: TransactionCapture) {
        _ = queue.append(.transaction(capture))
    }

    /// Sends what is already in the form that travels.
    func send(_ parcel: Parcel) {
        _ = queue.append(.parcel(parcel))
    }

    /// Has a batch drained once, before its time.
    func drainSoon(_ batch: any Batch) {
        _ = queue.append(.batch(batch))
    }

    /// Has a batch drained from now on: on time, on each flush, and when the client closes.
    func add(_ batch: any Batch) {
        agenda.add(batch, now: .now)
        queue.attendSoon()
    }

    /// Waits until everything has been sent or given up that was captured or collected so far.
    func flush(timeout: Duration) -> Bool {
        flush(until: .now + min(timeout, Self.longestWait))
    }

    func close(timeout: Duration) -> Bool {
        uninstallIntegrations()
        let deadline = ContinuousClock.now + min(timeout, Self.longestWait)
        let isDrained =
            flush(until: deadline)
            && queue.perform(until: deadline) { [delivery, sessions] in
                sessions.finish().map(delivery.deliver)
                delivery.deliverReport()
                return []
            }
        queue.close(.dropping)
        settings.transport.close()
        spotlight?.close()
        return isDrained
    }

    /// Sends in the background what is queued, for a while at most, and then ends.
    func retire() {
        uninstallIntegrations()
        queue.close(.draining(until: .now + Self.retirement))
    }

    private func flush(until deadline: ContinuousClock.Instant) -> Bool {
        queue.waitForJobs(until: deadline)
            && queue.perform(until: deadline) { [agenda] in agenda.drainBatches().map(Job.parcel) }
            && queue.waitForJobs(until: deadline) && settings.transport.flush(timeout: deadline - .now)
            && (spotlight?.flush(until: deadline) ?? true)
    }
}
