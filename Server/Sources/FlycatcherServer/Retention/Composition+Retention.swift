// When limits are looked after.

import FlycatcherWire
import Logging
import Model
import Synchronization

extension Composition {
    /// Keeps to the limits of age and size: looks for too much each minute, for what is too old each hour.
    var retentionJob: RepeatingJob {
        let round = RetentionRound(retention, logger)
        return RepeatingJob(description: "keep to age and size", interval: .seconds(60)) { await round.run() }
    }

    private var retention: Retention {
        Retention(
            store: store, defaults: configuration.retention, status: retentionStatus, logger: logger,
            diskByteCount: { [folder = configuration.dataFolder] in Machine.Disk(of: folder)?.byteCount },
            now: accounts.now, rest: Self.rest)
    }

    /// The recorder gets more than nine tenths of the time, so that of a hundred senders hardly one meets a removal.
    private static func rest(_ worked: Duration) async throws {
        try await Task.sleep(for: min(max(worked * 20, .milliseconds(40)), .seconds(1)))
    }
}

/// One round after the other; it knows when the last look at the age of things was.
private final class RetentionRound: Sendable {
    private let retention: Retention
    private let logger: Logger
    private let agedAtHour = Mutex<Int64?>(nil)

    init(_ retention: Retention, _ logger: Logger) {
        self.retention = retention
        self.logger = logger
    }

    func run() async {
        let status = retention.status
        status.update { $0.isWorking = true }
        defer { status.update { $0.isWorking = false } }
        let before = status.snapshot
        do {
            let hour = retention.now().hour
            if agedAtHour.withLock({ $0 != hour }) {
                try await retention.age()
                agedAtHour.withLock { $0 = hour }
            }
            try await retention.shrink()
            try await retention.giveSpaceBack()
            status.update { $0.finishedAt = retention.now() }
            tell(before, status.snapshot)
        } catch is CancellationError {
            // The server ends; the next one finds out by itself what is left to do.
        } catch {
            logger.warning("could not keep to age and size, trying again", error: error)
        }
    }

    private func tell(_ before: RetentionStatus.Figures, _ after: RetentionStatus.Figures) {
        let aged = after.agedEvents - before.agedEvents
        let crowded = after.crowdedEvents - before.crowdedEvents
        if aged + crowded > 0 {
            logger.info("removed events", metadata: ["too_old": "\(aged)", "too_many": "\(crowded)"])
        }
        let old = after.agedAttachments - before.agedAttachments
        let heavy = after.crowdedAttachments - before.crowdedAttachments
        if old + heavy > 0 {
            logger.info("removed attachments", metadata: ["too_old": "\(old)", "too_large": "\(heavy)"])
        }
        let new = after.overBudget.subtracting(before.overBudget)
        for project in new {
            logger.warning(
                "events take more than they may, and only those are left that are always kept; raise the limit",
                metadata: ["project": "\(project.map(\.description) ?? "all")"])
        }
    }
}
