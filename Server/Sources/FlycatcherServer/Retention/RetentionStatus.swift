// What the keeping of limits has done since the server started, for the page and for the metrics.

import FlycatcherWire
import Model
import Synchronization

/// The progress of retention; one for the server.
final class RetentionStatus: Sendable {
    /// Everything that is known of it.
    struct Figures: Sendable {
        /// Events that were removed because they were too old.
        var agedEvents = 0
        /// Events that were removed because there were too many.
        var crowdedEvents = 0
        /// Attachments that were removed because they were too old, their events not being so.
        var agedAttachments = 0
        /// Attachments that were removed because they took too much.
        var crowdedAttachments = 0
        /// Whether something is being removed now.
        var isWorking = false
        /// When everything was within its limits last.
        var finishedAt: Timestamp?
        /// Projects that take more than they may although nothing is left that may go; nil stands for all together.
        var overBudget: Set<ProjectID?> = []
    }

    private let figures = Mutex(Figures())

    var snapshot: Figures { figures.withLock { $0 } }

    func update(_ change: (inout Figures) -> Void) {
        figures.withLock { change(&$0) }
    }
}
