// Brings captured things to the server, and counts what did not get there.

import FlycatcherWire
import Synchronization

/// Makes the envelope, hands it to the transport, and heeds the answer; runs on the worker's thread.
final class Delivery: Sendable {
    private let settings: Settings
    private let builder: EventBuilder
    private let pausedUntil = Mutex<ContinuousClock.Instant?>(nil)
    private let counts = Mutex<[DiscardReason: Int]>([:])

    init(_ settings: Settings) {
        self.settings = settings
        builder = EventBuilder(settings)
    }

    func deliver(_ capture: Capture) {
        guard !isPaused else { return discard(.rateLimitBackoff) }
        let event = builder.event(from: capture)
        guard let payload = event.boundedJSON() else { return discard(.internalError) }
        do {
            heed(try settings.transport.send(envelope(payload, of: event)))
        } catch {
            settings.diagnostics.note("event \(capture.id) was not sent: \(error)")
            discard(.networkError)
        }
    }

    /// Counts a loss.
    func discard(_ reason: DiscardReason) {
        counts.withLock { $0[reason, default: 0] += 1 }
        settings.diagnostics.note("an event was given up: \(reason.rawValue)")
    }

    var discardCounts: [DiscardReason: Int] {
        counts.withLock { $0 }
    }

    private var isPaused: Bool {
        pausedUntil.withLock { $0.map { $0 > .now } ?? false }
    }

    /// Does as the server asks; it counts what it answers with 429 itself, so that is no loss of ours.
    private func heed(_ answer: Flycatcher.ServerAnswer) {
        if answer.status == 429 {
            let pause = Pause.length(retryAfter: answer.retryAfter, now: .now)
            settings.diagnostics.note("the server asks for a pause of \(pause)")
            pausedUntil.withLock { $0 = max($0 ?? .now, .now + pause) }
        } else if !(200..<300).contains(answer.status) {
            settings.diagnostics.note("the server answered \(answer.status)")
            discard(.sendError)
        }
    }

    private func envelope(_ payload: [UInt8], of event: Flycatcher.Event) -> Envelope {
        let header = EnvelopeHeader(
            eventID: event.id, dsn: settings.dsn?.publicText, sentAt: .now,
            sdkName: SDKIdentity.name, sdkVersion: SDKIdentity.version, trace: samplingContext(of: event))
        let itemHeader = EnvelopeItemHeader(type: "event", contentType: "application/json")
        return Envelope(header: header, items: [EnvelopeItem(header: itemHeader, payload: .kept(payload))])
    }

    private func samplingContext(of event: Flycatcher.Event) -> [String: String] {
        var context = ["trace_id": builder.trace.traceID]
        context["public_key"] = settings.dsn?.publicKey
        context["release"] = event.release
        context["environment"] = event.environment
        return context
    }
}
