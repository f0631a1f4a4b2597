// Takes what is captured, and sees to it that it is sent.

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
    /// How long a client goes on sending that was replaced.
    private static let retirement = Duration.seconds(30)

    private let agenda: Agenda
    private let delivery: Delivery
    private let queue: JobQueue<Job>

    init(_ settings: Settings) {
        self.settings = settings
        if settings.attachStacktrace { CallStack.prepare() }
        let discards = Discards(settings.diagnostics)
        let pipeline = EventPipeline(settings, discards)
        let delivery = Delivery(settings, discards)
        self.discards = discards
        self.delivery = delivery
        let agenda = Agenda()
        self.agenda = agenda
        agenda.add(dueAt: .now + ClientReport.interval) { moment in
            delivery.deliverReport()
            return ([], moment + ClientReport.interval)
        }
        queue = JobQueue(
            capacity: settings.maxQueueItems,
            duties: JobQueue.Duties(
                work: { job in
                    switch job {
                    case .capture(let capture): pipeline.parcel(from: capture).map(delivery.deliver)
                    case .parcel(let parcel): delivery.deliver(parcel)
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
                        delivery.deliverReport()
                    }
                    settings.transport.close()
                }))
    }

    /// Notes what there is to report and returns; everything slow happens on the worker's thread.
    func capture(_ content: Capture.Content) -> EventID {
        let stack = settings.attachStacktrace && content.wantsStack ? CallStack.here() : nil
        let capture = Capture(content: content, scopes: Flycatcher.Scope.snapshot(), stack: stack)
        return queue.append(.capture(capture)) ? capture.id : .none
    }

    /// Sends what is already in the form that travels.
    func send(_ parcel: Parcel) {
        _ = queue.append(.parcel(parcel))
    }

    /// Has a batch drained from now on: on time, on each flush, and when the client closes.
    func add(_ batch: any Batch) {
        agenda.add(batch, now: .now)
        queue.attendSoon()
    }

    /// Waits until everything has been sent or given up that was captured or collected so far.
    func flush(timeout: Duration) -> Bool {
        flush(until: .now + timeout)
    }

    func close(timeout: Duration) -> Bool {
        let deadline = ContinuousClock.now + timeout
        let isDrained =
            flush(until: deadline)
            && queue.perform(until: deadline) { [delivery] in
                delivery.deliverReport()
                return []
            }
        queue.close(.dropping)
        settings.transport.close()
        return isDrained
    }

    /// Sends in the background what is queued, for a while at most, and then ends.
    func retire() {
        queue.close(.draining(until: .now + Self.retirement))
    }

    private func flush(until deadline: ContinuousClock.Instant) -> Bool {
        queue.waitForJobs(until: deadline)
            && queue.perform(until: deadline) { [agenda] in agenda.drainBatches().map(Job.parcel) }
            && queue.waitForJobs(until: deadline)
    }
}
