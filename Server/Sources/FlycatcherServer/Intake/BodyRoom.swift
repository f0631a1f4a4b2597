// How much of bodies that have not come whole is kept in memory, for all requests together.

import Synchronization

/// Room for bodies under way.
///
/// Each is bounded by itself, but thousands may come at once, and slowly. From the first mark on, only small ones may
/// still grow, so that a few large ones that never end keep nobody out; from the second on none may.
enum BodyRoom {
    /// Bytes that all bodies under way may take.
    static let bytes = 64 << 20
    /// Bytes that they may take with the small ones.
    static let bytesWithSmall = 128 << 20
    /// Bytes up to which a body is small.
    static let smallBytes = 64 << 10

    fileprivate static let taken = Atomic<Int>(0)

    /// Bytes that bodies under way take now.
    static var takenBytes: Int { taken.load(ordering: .relaxed) }
}

/// What one body takes of the room, until it is read or given up.
struct BodyHold: ~Copyable {
    private var byteCount = 0

    /// Takes as much as the body has now.
    mutating func grow(to count: Int) throws(IntakeError) {
        guard count > byteCount else { return }
        let taken = BodyRoom.taken.wrappingAdd(count - byteCount, ordering: .relaxed).newValue
        byteCount = count
        guard taken <= (count <= BodyRoom.smallBytes ? BodyRoom.bytesWithSmall : BodyRoom.bytes) else {
            throw .overloaded
        }
    }

    deinit {
        BodyRoom.taken.wrappingSubtract(byteCount, ordering: .relaxed)
    }
}
