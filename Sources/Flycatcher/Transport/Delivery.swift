// Brings parcels to the server, and counts what did not get there.

import FlycatcherWire
import Synchronization

/// Makes the envelope, hands it to the transport, and heeds the answer; runs on the worker's thread.
final class Delivery: Sendable {
    private let settings: Settings
    private let discards: Discards
    private let pausedUntil = Mutex<ContinuousClock.Instant?>(nil)

    init(_ settings: Settings, _ discards: Discards) {
        self.settings = settings
        self.discards = discards
    }

    func deliver(_ parcel: Parcel) {
        guard !isPaused else { return discards.record(parcel.losses, .rateLimitBackoff) }
        do {
            heed(try settings.transport.send(envelope(parcel)), parcel)
        } catch {
            settings.diagnostics.note("nothing could be sent: \(error)")
            discards.record(parcel.losses, .networkError)
        }
    }

    private var isPaused: Bool {
        pausedUntil.withLock { $0.map { $0 > .now } ?? false }
    }

    /// Does as the server asks; it counts what it answers with 429 itself, so that is no loss of ours.
    private func heed(_ answer: Flycatcher.ServerAnswer, _ parcel: Parcel) {
        if answer.status == 429 {
            let pause = Pause.length(retryAfter: answer.retryAfter, now: .now)
            settings.diagnostics.note("the server asks for a pause of \(pause)")
            pausedUntil.withLock { $0 = max($0 ?? .now, .now + pause) }
        } else if !(200..<300).contains(answer.status) {
            settings.diagnostics.note("the server answered \(answer.status)")
            discards.record(parcel.losses, .sendError)
        }
    }

    private func envelope(_ parcel: Parcel) -> Envelope {
        let header = EnvelopeHeader(
            eventID: parcel.eventID, dsn: settings.dsn?.publicText, sentAt: .now,
            sdkName: SDKIdentity.name, sdkVersion: SDKIdentity.version, trace: parcel.trace)
        return Envelope(header: header, items: parcel.contents.map(\.item))
    }
}
