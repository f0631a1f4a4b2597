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
    private let queue: JobQueue<Job>

    init(_ settings: Settings) {
        self.settings = settings
        if settings.attachStacktrace { CallStack.prepare() }
        let discards = Discards(settings.diagnostics)
        let pipeline = EventPipeline(settings, discards)
        let delivery = Delivery(settings, discards)
        self.discards = discards
        queue = JobQueue(capacity: settings.maxQueueItems, onEnd: settings.transport.close) { job in
            switch job {
            case .capture(let capture): pipeline.parcel(from: capture).map(delivery.deliver)
            case .parcel(let parcel): delivery.deliver(parcel)
            }
        }
    }

    /// Notes what there is to report and returns; everything slow happens on the worker's thread.
    func capture(_ content: Capture.Content) -> EventID {
        let stack = settings.attachStacktrace && content.wantsStack ? CallStack.here() : nil
        let capture = Capture(content: content, scopes: Flycatcher.Scope.snapshot(), stack: stack)
        return enqueue(.capture(capture)) ? capture.id : .none
    }

    /// Sends what is already in the form that travels.
    func send(_ parcel: Parcel) {
        _ = enqueue(.parcel(parcel))
    }

    func flush(timeout: Duration) -> Bool {
        queue.waitUntilIdle(timeout: timeout)
    }

    func close(timeout: Duration) -> Bool {
        let isDrained = queue.waitUntilIdle(timeout: timeout)
        queue.close(.dropping)
        settings.transport.close()
        return isDrained
    }

    /// Sends what is queued in the background and then ends.
    func retire() {
        queue.close(.draining)
    }

    private func enqueue(_ job: Job) -> Bool {
        switch queue.append(job) {
        case .accepted: return true
        case .displaced(let oldest):
            discards.record(oldest.losses, .queueOverflow)
            return true
        case .refused: return false
        }
    }
}
