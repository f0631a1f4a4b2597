// How far the server is defending itself, in numbers for whoever scrapes /metrics.

import Model

/// The state of everything that keeps something out.
struct DefenceFigures: Sendable {
    /// Quotas that refuse at the moment, by scope and reason.
    var refusingQuotas: [Word: Int] = [:]
    /// What the disk had last; nil when nobody has looked.
    var disk: DiskSpace?
    var diskStage = DiskStage.ample
    /// Events in the pipeline or on their way to the disk, and those that wait for their turn.
    var underWay = 0
    var waiting = 0
    /// What is in memory of bodies that have not come whole.
    var bodyBytes = 0

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
        (figures.disk, figures.diskStage) = (disk.space, disk.stage)
        (figures.underWay, figures.waiting) = fairShare.figures
        figures.bodyBytes = BodyRoom.takenBytes
        for refusal in quotas.refusals {
            let limit = RateLimit(refusal.quota, at: 0)
            figures.refusingQuotas[.init(scope: limit.scope, reason: limit.reason), default: 0] += 1
        }
        return figures
    }
}
