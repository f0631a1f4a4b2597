// The client that the facade's calls go to, if there is one.

import FlycatcherWire
import Synchronization

/// Finds the client for the caller; while there is none anywhere that costs the reading of a number.
///
/// The scopes around the caller may have one of their own, otherwise it is that of the process. There is always an
/// answer: while nobody reports it is nil, which the facade's calls take for one that does nothing.
enum ActiveClient {
    /// How many clients are open.
    private static let count = Atomic<Int>(0)
    private static let slot = Mutex<Client?>(nil)
    /// Whether this is the child of a fork, where no client's thread runs and its locks may be held for ever.
    private static let isOrphaned = Atomic<Bool>(false)

    static var current: Client? {
        guard count.load(ordering: .acquiring) > 0, !isOrphaned.load(ordering: .relaxed) else { return nil }
        if case .own(let client) = Scopes.here.reporter { return client }
        return slot.withLock { $0 }
    }

    /// Puts another client, or none, in the place of the process's current one.
    ///
    /// - Returns: the client that was there.
    static func replace(with client: Client?) -> Client? {
        if client != nil { note(opened: 1) }
        let previous = slot.withLock { slot in
            defer { slot = client }
            return slot
        }
        if previous != nil { note(opened: -1) }
        return isOrphaned.exchange(false, ordering: .relaxed) ? nil : previous
    }

    /// Takes leave of all clients without touching them, after a fork.
    static func orphan() {
        isOrphaned.store(true, ordering: .relaxed)
        CrashWatch.orphan()
    }

    /// Counts a client that was opened, or less than none for one that is closed.
    static func note(opened: Int) {
        count.wrappingAdd(opened, ordering: .acquiringAndReleasing)
    }
}

extension EventID {
    /// What a capture returns that went nowhere.
    static let none = EventID(value: 0)
}
