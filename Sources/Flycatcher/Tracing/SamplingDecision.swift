// Whether a transaction is sent.

import FlycatcherWire

/// What was decided about a transaction when it began (protocol section 12.5).
enum SamplingDecision: Hashable, Sendable {
    /// Tracing is off, so nothing is recorded, and those behind us may decide for themselves.
    case open
    /// It is sent, by this share; nil when the app said so itself.
    case sampled(rate: Double?)
    /// It is not sent.
    case dropped(rate: Double?, DiscardReason)

    var isSampled: Bool? {
        switch self {
        case .open: nil
        case .sampled: true
        case .dropped: false
        }
    }

    var rate: Double? {
        switch self {
        case .open: nil
        case .sampled(let rate), .dropped(let rate, _): rate
        }
    }
}

/// Decides about transactions.
struct TraceSampler {
    /// The share by the options; nil when tracing is off.
    var rate: Double?
    /// What the app's sampler answers; nil when there is none, or it leaves the decision to others.
    var sampler: ((Flycatcher.TraceSamplingContext) -> Flycatcher.SampleRate?)?
    /// By how much the share is divided while the SDK is under pressure.
    var backpressure: Int

    /// The decision: the app's own, else its sampler's, else the caller's, else by the rate.
    func decision(
        _ context: Flycatcher.TraceSamplingContext, explicit: Bool?, _ draw: SampleDraw
    ) -> SamplingDecision {
        if let explicit {
            return explicit ? .sampled(rate: nil) : .dropped(rate: nil, .sampleRate)
        }
        if let own = sampler?(context)?.value { return decision(by: own, draw) }
        if let isSampled = context.isParentSampled, rate != nil || sampler != nil {
            return inherited(isSampled, context.parentSampleRate, draw)
        }
        guard let rate else { return sampler == nil ? .open : .dropped(rate: 0, .sampleRate) }
        return decision(by: rate, draw)
    }

    /// The caller's decision, which only pressure can turn into a no: by the same number in all services.
    private func inherited(_ isSampled: Bool, _ parentRate: Double?, _ draw: SampleDraw) -> SamplingDecision {
        guard isSampled else { return .dropped(rate: parentRate, .sampleRate) }
        guard backpressure > 1 else { return .sampled(rate: parentRate) }
        let rate = (parentRate ?? 1) / Double(backpressure)
        return draw.isBelow(rate) ? .sampled(rate: rate) : .dropped(rate: rate, .backpressure)
    }

    private func decision(by wanted: Double, _ draw: SampleDraw) -> SamplingDecision {
        let rate = wanted / Double(max(backpressure, 1))
        if draw.isBelow(rate) { return .sampled(rate: rate) }
        return .dropped(rate: rate, draw.isBelow(wanted) ? .backpressure : .sampleRate)
    }
}
