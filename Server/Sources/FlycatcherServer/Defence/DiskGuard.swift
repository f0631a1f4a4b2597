// Looks at the disk, and tells when what is kept changes.

import FlycatcherWire
import Logging
import Model

/// Reads how much room the data folder has, and says in the log what follows from it.
struct DiskGuard: Sendable {
    let state: DiskState
    let logger: Logger
    let now: @Sendable () -> Timestamp
    let read: @Sendable () -> DiskSpace?

    /// For so long clients hold back when the disk is all but full, in seconds.
    static let backoff: Int64 = 60

    func look() {
        guard let space = read(), let stage = state.note(space, at: now()) else { return }
        let free: Logger.Metadata = [
            "free_bytes": "\(space.freeBytes)", "total_bytes": "\(space.totalBytes)",
        ]
        switch stage {
        case .ample: logger.notice("the disk has room again, everything is kept", metadata: free)
        case .withoutAttachments:
            logger.warning("the disk fills up: attachments are left away", metadata: free)
        case .essentials:
            logger.error("the disk is nearly full: only first events of new issues are kept", metadata: free)
        case .refusing: logger.error("the disk is full: events are refused", metadata: free)
        }
    }
}

extension DiskStage {
    /// What whoever is signed in is told; nil while there is room.
    func words(_ space: DiskSpace?) -> (title: String, detail: String)? {
        let free = space.map { "\($0.freeBytes >> 20) MB of \($0.totalBytes >> 20) MB are free. " } ?? ""
        let help = "\(free)Make room on the disk of the data folder, or keep less."
        switch self {
        case .ample: return nil
        case .withoutAttachments: return ("The disk fills up: attachments are left away.", help)
        case .essentials:
            return (
                "The disk is nearly full: events are counted, and only the first of a new issue is kept.",
                help
            )
        case .refusing: return ("The disk is full: all events are refused.", help)
        }
    }
}
