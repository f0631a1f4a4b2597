// How much is removed at a time, so that whoever records never waits for long.

import Synchronization

/// Learns from each piece of work how large the next may be: a transaction holds the one writer for little more than a
/// millisecond, however fast the disk is and however large the database.
final class Pace: Sendable {
    /// How long a piece of work may take; half of it is too little.
    static let aim = Duration.microseconds(1500)
    static let sizes = 10...200

    private let current = Mutex(50)

    /// So much is to be removed in the next piece.
    var size: Int { current.withLock { $0 } }

    /// Learns how long a piece has taken.
    func note(_ worked: Duration) {
        current.withLock { size in
            if worked > Self.aim {
                size = max(size / 2, Self.sizes.lowerBound)
            } else if worked * 2 < Self.aim {
                size = min(size * 2, Self.sizes.upperBound)
            }
        }
    }
}
