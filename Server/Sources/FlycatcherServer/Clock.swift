// The clocks of the server: what time it is, and how long something takes.

import FlycatcherWire

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension Timestamp {
    /// This moment by the system's clock.
    static var now: Timestamp {
        let time = read(CLOCK_REALTIME)
        return Timestamp(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
    }
}

/// Nanoseconds of a clock that only goes forward.
func monotonicNanoseconds() -> UInt64 {
    let time = read(CLOCK_MONOTONIC)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}

private func read(_ clock: clockid_t) -> timespec {
    var time = timespec()
    // It fails only for clocks that do not exist.
    clock_gettime(clock, &time)
    return time
}
