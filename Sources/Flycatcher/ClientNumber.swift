// Tells clients apart.

import Synchronization

/// The number of a client among all that the process has had.
struct ClientNumber: Hashable, Sendable {
    private static let counter = Atomic<UInt64>(0)

    private let value: UInt64

    /// The next one.
    init() {
        value = Self.counter.wrappingAdd(1, ordering: .relaxed).newValue
    }
}
