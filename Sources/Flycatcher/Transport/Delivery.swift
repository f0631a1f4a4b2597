// Brings parcels to the server, and counts what did not get there.

import FlycatcherWire
import Synchronization

/// Makes the envelope, hands it to the transport, and heeds the answer; runs on the worker's thread.
final class Delivery: Sendable {
    private let settings: Settings
    private let discards: Discards
    private let now: @Sendable () -> RateLimits.Instant
    private let cache: EnvelopeCache?
    private let spotlight: SpotlightViewer?
    private let limits = Mutex(RateLimits())

    init(
        _ settings: Settings, _ discards: Discards, _ cache: EnvelopeCache? = nil,
        _ spotlight: SpotlightViewer? = nil,
        now: @escaping @Sendable () -> RateLimits.Instant = { .now }
    ) {
        self.settings = settings
        self.discards = discards
        self.cache = cache
        self.spotlight = spotlight
        self.now = now
    }

    /// Sends what the server's limits permit of a parcel.
    func deliver(_ parcel: Parcel) {
        spotlight?.show(envelope(parcel, nil))
        let (permitted, heldBack) = limits.withLock { parcel.divided(by: $0, at: now()) }
        if !heldBack.isEmpty { discards.record(heldBack, .rateLimitBackoff) }
        if !permitted.contents.isEmpty { send(permitted) }
    }

    /// Sends a parcel whose content is kept elsewhere until it has been dealt with.
    ///
    /// - Returns: false when there was no network; nothing of the parcel is counted as lost then.
    func attempt(_ parcel: Parcel) -> Bool {
        spotlight?.show(envelope(parcel, nil))
        let (permitted, heldBack) = limits.withLock { parcel.divided(by: $0, at: now()) }
        if !permitted.contents.isEmpty {
            let envelope = envelope(permitted, nil)
            do {
                let answer = try Hook.$isRunning.withValue(true) { try settings.transport.send(envelope) }
                heed(answer, to: envelope, permitted.losses)
            } catch {
                settings.diagnostics.note("the end of an earlier run could not be sent: \(error)")
                return false
            }
        }
        if !heldBack.isEmpty { discards.record(heldBack, .rateLimitBackoff) }
        return true
    }

    /// Tells the server what was lost, if something was and nothing else is about to take it along.
    func deliverReport() {
        send(Parcel(priority: .trace, contents: []))
    }

    /// When the last of the server's limits ends; nil when there is none.
    var limitedUntil: RateLimits.Instant? {
        limits.withLock { $0.latestExpiry(after: now()) }
    }

    private func send(_ parcel: Parcel) {
        let report = nextReport
        guard report != nil || !parcel.contents.isEmpty else { return }
        do {
            let envelope = envelope(parcel, report)
            // What a transport logs is not reported: that would take a transport, and never end.
            let answer = try Hook.$isRunning.withValue(true) { try settings.transport.send(envelope) }
            heed(answer, to: envelope, parcel.losses)
        } catch {
            settings.diagnostics.note("nothing could be sent: \(error)")
            if let report { discards.restore(report.counts) }
            if !parcel.contents.isEmpty { keep(parcel) }
        }
    }

    /// Sends what had to wait on disk.
    ///
    /// - Returns: false when there is still no network.
    func deliverAgain(_ envelope: Envelope) -> Bool {
        var envelope = envelope
        envelope.header.sentAt = .now
        do {
            heed(try settings.transport.send(envelope), to: envelope, envelope.losses)
            return true
        } catch {
            settings.diagnostics.note("still nothing can be sent: \(error)")
            return false
        }
    }

    private func keep(_ parcel: Parcel) {
        guard let displaced = cache?.store(envelope(parcel, nil), at: .now) else {
            return discards.record(parcel.losses, .networkError)
        }
        for envelope in displaced { discards.record(envelope.losses, .cacheOverflow) }
    }

    private var nextReport: ClientReport? {
        guard settings.options.sendClientReports, !limits.withLock({ $0.isLimited(.internal, at: now()) })
        else { return nil }
        return ClientReport(draining: discards)
    }

    /// Does as the server asks; it counts what it answers with 429 itself, so that is no loss of ours.
    private func heed(_ answer: Flycatcher.ServerAnswer, to envelope: Envelope, _ losses: [Loss]) {
        limits.withLock { $0.heed(answer, now: now(), date: .now) }
        switch answer.status {
        case 200..<300: return
        case 429: settings.diagnostics.note("the server asks for a pause")
        case 413:
            let size = envelope.items.reduce(0) { $0 + $1.byteCount }
            settings.diagnostics.complain("the server refused an envelope of \(size) bytes as too large")
            discards.record(losses, .sendError)
        default:
            settings.diagnostics.note("the server answered \(answer.status)")
            discards.record(losses, .sendError)
        }
    }

    private func envelope(_ parcel: Parcel, _ report: ClientReport?) -> Envelope {
        let moment = Timestamp.now
        let header = EnvelopeHeader(
            eventID: parcel.eventID, dsn: settings.dsn?.publicText, sentAt: moment,
            sdkName: SDKIdentity.name, sdkVersion: SDKIdentity.version, trace: parcel.trace)
        let items = parcel.contents.map(\.item) + [report?.item(at: moment)].compactMap { $0 }
        return Envelope(header: header, items: items)
    }
}

extension Parcel {
    /// What the limits let through, and the losses of what they don't; an event takes what depends on it along.
    fileprivate func divided(
        by limits: RateLimits, at now: RateLimits.Instant
    ) -> (permitted: Parcel, heldBack: [Loss]) {
        let isFirstLimited = contents.first.map { $0.isLimited(by: limits, at: now) } ?? false
        var (permitted, heldBack) = (self, [Loss]())
        permitted.contents.removeAll { content in
            let isLimited = content.isLimited(by: limits, at: now) || content.isDependent && isFirstLimited
            if isLimited { heldBack += content.losses }
            return isLimited
        }
        return (permitted, heldBack)
    }
}

extension Parcel.Content {
    fileprivate func isLimited(by limits: RateLimits, at now: RateLimits.Instant) -> Bool {
        limits.isLimited(category, at: now) || limitedAs.map { limits.isLimited($0, at: now) } ?? false
    }
}
