// How far the server is defending itself, in numbers for whoever scrapes /metrics.

/// The state of everything that keeps something out.
struct DefenceFigures: Sendable {
    /// Quotas that refuse at the moment, by scope and reason.
    var refusingQuotas: [Word: Int] = [:]

    /// Whose quota it is, and the word under which it is known.
    struct Word: Hashable, Sendable, Comparable {
        let scope: String
        let reason: String

        static func < (one: Word, other: Word) -> Bool {
            (one.scope, one.reason) < (other.scope, other.reason)
        }
    }
}

extension Composition {
    /// The state of the server's defences now.
    var defence: DefenceFigures {
        var figures = DefenceFigures()
        for refusal in quotas.refusals {
            let limit = RateLimit(refusal.quota, at: 0)
            figures.refusingQuotas[.init(scope: limit.scope, reason: limit.reason), default: 0] += 1
        }
        return figures
    }
}
