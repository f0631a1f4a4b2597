// The one client of the process, if there is one.

import FlycatcherWire
import Synchronization

/// Finds the client that the facade's calls go to; while there is none that costs the reading of a flag.
enum ActiveClient {
    private static let flag = Atomic<Bool>(false)
    private static let slot = Mutex<Client?>(nil)

    static var isPresent: Bool {
        flag.load(ordering: .acquiring)
    }

    static var current: Client? {
        isPresent ? slot.withLock { $0 } : nil
    }

    /// Puts another client, or none, in the place of the current one.
    ///
    /// - Returns: the client that was there.
    static func replace(with client: Client?) -> Client? {
        slot.withLock { slot in
            let previous = slot
            slot = client
            flag.store(client != nil, ordering: .releasing)
            return previous
        }
    }
}

extension EventID {
    /// What a capture returns that went nowhere.
    static let none = EventID(value: 0)
}
