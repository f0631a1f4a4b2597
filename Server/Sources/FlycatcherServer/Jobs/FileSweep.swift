// Lets files go that nothing keeps any more.

import FlycatcherWire
import Logging
import Model

/// Removes attachments whose event did not come, files that lost their last attachment, and files that never had one.
struct FileSweep: Sendable {
    let store: any Store
    let files: FileFolder
    let logger: Logger
    let now: @Sendable () -> Timestamp

    /// How long attachments wait for their event.
    static let waitingTime: Int64 = 3_600 * 1_000_000
    /// Seconds after which a file that no attachment has is one that nobody is about to record.
    static let orphanAge: Int64 = 86_400
    /// What one transaction looks at.
    static let pieceSize = 200

    /// Does all that is due, and looks for orphans in one of the 256 folders.
    func run() async {
        do {
            try await settle()
            try await removeFreed()
            try await removeOrphans(inFolder: UInt8(truncatingIfNeeded: now().microseconds / 60_000_000))
        } catch is CancellationError {
            // The server ends; what is left is found the next time.
        } catch {
            logger.warning("could not remove files that nothing keeps, trying again", error: error)
        }
    }

    private func settle() async throws {
        let moment = now().advanced(byMicroseconds: -Self.waitingTime)
        while try await store.settleAttachments(receivedBefore: moment, limit: Self.pieceSize) {
            try Task.checkCancellation()
        }
    }

    /// Removes the files that lost their last attachment.
    func removeFreed() async throws {
        while true {
            try Task.checkCancellation()
            let moment = FileMoment.now
            let free = try await store.freeFiles(limit: Self.pieceSize)
            try await files.remove(free.files, unusedAt: moment)
            try await store.forgetFree(free.files)
            guard free.hasMore else { return }
        }
    }

    /// Looks for files that were put into place and then not recorded, because the server or the disk failed.
    func removeOrphans(inFolder number: UInt8, age: Int64 = Self.orphanAge) async throws {
        let old = try await files.untouched(since: FileMoment(secondsAgo: age), inFolder: number)
        for start in stride(from: 0, to: old.count, by: Self.pieceSize) {
            try Task.checkCancellation()
            let moment = FileMoment.now
            let piece = Array(old[start..<min(start + Self.pieceSize, old.count)])
            try await files.remove(try await store.unusedFiles(among: piece), unusedAt: moment)
        }
    }
}

extension Composition {
    /// Removes files that nothing keeps.
    var fileSweep: RepeatingJob {
        let sweep = FileSweep(store: store, files: files, logger: logger, now: accounts.now)
        return RepeatingJob(description: "remove files that nothing keeps", interval: .seconds(60)) {
            await sweep.run()
        }
    }
}
