// Everything that the server does besides answering requests.

import Logging
import Model

extension Composition {
    /// Closes the store when all else has ended.
    var closing: Farewell {
        Farewell(description: "close the store") {
            do {
                try await store.close()
            } catch {
                logger.error("the store did not close cleanly", error: error)
            }
        }
    }

    /// Stores the outcome counts once a second.
    var outcomeFlush: RepeatingJob {
        RepeatingJob(description: "store outcome counts", interval: .seconds(1)) {
            await outcomes.flush()
            await filterLog.flush()
        }
    }

    /// Stores the last outcome counts when no request can add to them any more.
    var lastOutcomes: Farewell {
        Farewell(description: "store the last outcome counts") {
            await outcomes.flush()
            await filterLog.flush()
        }
    }

    /// Stores how much quotas have let in.
    var quotaFlush: RepeatingJob {
        RepeatingJob(description: "store the counts of quotas", interval: .seconds(5)) { await quotas.save() }
    }

    /// Stores the last counts of quotas, so that a restart lets nobody begin anew.
    var lastQuotas: Farewell {
        Farewell(description: "store the last counts of quotas") { await quotas.saveLast() }
    }

    /// Foresees, when an hour begins, what projects bring in it.
    var spikeWatch: RepeatingJob {
        RepeatingJob(description: "foresee what projects bring", interval: .seconds(10)) {
            await quotas.foresee()
        }
    }

    /// Looks at the disk.
    var diskWatch: RepeatingJob {
        RepeatingJob(description: "look at the disk", interval: .seconds(2)) { diskGuard.look() }
    }

    var diskGuard: DiskGuard {
        let (folder, isOn) = (configuration.dataFolder, configuration.guardsDisk)
        return DiskGuard(state: disk, logger: logger, now: accounts.now) {
            isOn ? DiskSpace(ofFolder: folder) : nil
        }
    }

    /// Looks for projects that another process has made.
    var projectWatch: RepeatingJob {
        RepeatingJob(description: "look for new projects", interval: .milliseconds(500)) {
            await projects.refresh()
        }
    }

    /// Moves events to where merged, unmerged and regrouped issues want them.
    var regrouping: RepeatingJob {
        RepeatingJob(description: "move events between issues", interval: .seconds(1)) { await regroup() }
    }

    /// Takes what is to be announced out of the store.
    var outbox: RepeatingJob {
        RepeatingJob(description: "announce new issues", interval: .seconds(1)) { await announce() }
    }

    private func regroup() async {
        do {
            while !Task.isCancelled, try await regrouper.advance(pieces: 1) {}
        } catch is CancellationError {
            // The server ends; the store remembers how far this is.
        } catch {
            logger.warning("could not move events between issues, trying again", error: error)
        }
    }

    /// How many announcements are taken at a time.
    private static let announcementLimit = 100

    private func announce() async {
        do {
            for announcement in try await store.takeAnnouncements(limit: Self.announcementLimit) {
                // The title is the app's data and stays out of the log.
                logger.info(
                    "new issue",
                    metadata: ["issue": "\(announcement.shortID)", "event": "\(announcement.event)"])
            }
        } catch {
            logger.warning("could not read the outbox, trying again", error: error)
        }
    }
}
