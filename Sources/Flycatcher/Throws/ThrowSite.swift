// Where errors were thrown, asked for when they are reported.

import CFlycatcher

/// The place where an error was thrown, as far as that was recorded.
struct ThrowSite: Sendable {
    let stack: CallStack
    /// How often the error was caught and thrown on.
    let rethrowCount: Int
    /// Whether the error was put into another box since: then it is known by its type and value, and the place is that
    /// of the newest such throw.
    let isApproximate: Bool

    /// Looks up where an error was thrown; nil for one that never was, or of which nothing is known any more.
    init?(of error: any Error, in context: ThrowContext, limit: Int) {
        let capacity = Int(flycatcher_throw_capacity)
        var found = flycatcher_throw()
        // Without the `as` the value would be taken out of its box first.
        let box = unsafeBitCast(error as any Error, to: UnsafeRawPointer.self)
        let addresses = [UInt64](unsafeUninitializedCapacity: capacity) { buffer, count in
            let isFound = withExtendedLifetime(error) {
                flycatcher_find_throw(box, context.number, buffer.baseAddress, &found)
            }
            count = isFound ? found.count : 0
        }
        guard !addresses.isEmpty else { return nil }
        stack = CallStack(ofThrow: addresses, asyncStart: found.async_start, limit: limit)
        rethrowCount = Int(found.rethrows)
        isApproximate = found.is_approximate
    }

    /// What the mechanism of an exception says about it.
    var data: [String: Flycatcher.JSONValue] {
        var data: [String: Flycatcher.JSONValue] = [:]
        if isApproximate { data["throw_site"] = "approximate" }
        if rethrowCount > 0 { data["rethrows"] = .integer(rethrowCount) }
        return data
    }
}
