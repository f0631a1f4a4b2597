// Sends what waits on disk, slowly.

import FlycatcherWire

/// Takes one envelope at a time from the cache; the worker's thread calls it (protocol section 21.7).
struct Replay: Sendable {
    typealias Instant = ContinuousClock.Instant

    static let spacing = Duration.milliseconds(100)
    /// How long it waits when there is nothing, or no network.
    static let rest = Duration.seconds(30)

    let cache: EnvelopeCache
    let delivery: Delivery
    let discards: Discards

    /// Sends the oldest envelope, and says when it wants to go on.
    func attend(at moment: Instant) -> Instant {
        if let limit = delivery.limitedUntil { return limit }
        var next = moment + Self.rest
        let isAny = cache.takeOldest { envelope in
            guard let envelope else {
                discards.record([Loss(.error, 1)], .internalError)
                next = moment
                return .done
            }
            guard delivery.deliverAgain(envelope) else { return .kept }
            next = .now + Self.spacing
            return .done
        }
        return isAny ? next : moment + Self.rest
    }
}
