// Random bits for identities of which a busy app makes many.

import Synchronization

/// Random bits without a call of the system for each, which costs more than the span that is identified by them.
///
/// They are unique, not secret: a counter that begins at random, its bits mixed as SplitMix64 does. Whoever needs 128
/// bits takes them from both counters, so that two processes whose counters meet once do not meet again.
struct IdentitySource: RandomNumberGenerator {
    private static let first = Counter()
    private static let second = Counter()

    private var usesSecond = false

    mutating func next() -> UInt64 {
        defer { usesSecond.toggle() }
        return (usesSecond ? Self.second : Self.first).next()
    }

    private final class Counter: Sendable {
        private let value = Atomic<UInt64>(.random(in: 0 ... .max))

        func next() -> UInt64 {
            var bits = value.wrappingAdd(0x9E37_79B9_7F4A_7C15, ordering: .relaxed).newValue
            bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
            bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
            return bits ^ bits >> 31
        }
    }
}
