// The clock of the SDK.

import FlycatcherWire
import Foundation

extension Timestamp {
    /// The current moment.
    static var now: Timestamp {
        Timestamp(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000))
    }
}
