// Takes what is captured, and sees to it that it is sent.

import FlycatcherWire
import Synchronization

/// One connection between an app and its project, from start to close.
///
/// ```
/// caller's thread   capture ─▶ Capture ─▶ queue
///                                           │
/// worker's thread                           ▼ Event ─▶ Envelope ─▶ Transport
/// ```
final class Client: Sendable {
    let settings: Settings
    private let delivery: Delivery
    private let queue: JobQueue<Capture>

    init(_ settings: Settings) {
        self.settings = settings
        if settings.attachStacktrace { CallStack.prepare() }
        let delivery = Delivery(settings)
        self.delivery = delivery
        queue = JobQueue(
            capacity: settings.maxQueueItems, onEnd: settings.transport.close, work: delivery.deliver)
    }

    /// Notes what there is to report and returns; everything slow happens on the worker's thread.
    func capture(_ content: Capture.Content) -> EventID {
        let stack = settings.attachStacktrace && content.wantsStack ? CallStack.here() : nil
        let capture = Capture(content: content, scopes: Flycatcher.Scope.snapshot(), stack: stack)
        switch queue.append(capture) {
        case .accepted: break
        case .displaced: delivery.discard(.queueOverflow)
        case .refused: return .none
        }
        return capture.id
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

    /// How many events were lost so far, by reason.
    var discardCounts: [DiscardReason: Int] {
        delivery.discardCounts
    }
}
