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
        var found = flycatcher_throw()
        var isFound = false
        // Without the `as` the value would be taken out of its box first.
        let box = unsafeBitCast(error as any Error, to: UnsafeRawPointer.self)
        let addresses = [UInt64](unsafeUninitializedCapacity: flycatcher_throw_capacity) { buffer, count in
            isFound = withExtendedLifetime(error) {
                flycatcher_find_throw(box, context.number, buffer.baseAddress, &found)
            }
            count = isFound ? found.count : 0
        }
        guard isFound, !addresses.isEmpty else { return nil }
        stack = CallStack(ofThrow: addresses, asyncStart: found.async_start, limit: limit)
        rethrowCount = Int(found.rethrows)
        isApproximate = found.is_approximate
    }

    /// What the mechanism of an exception tells about it.
    var data: [String: Flycatcher.JSONValue] {
        var data: [String: Flycatcher.JSONValue] = [:]
        if isApproximate { data["throw_site"] = "approximate" }
        if rethrowCount > 0 { data["rethrows"] = .integer(rethrowCount) }
        return data
    }
}

/// What is known about the throws of an error that is captured.
struct Thrown: Sendable {
    /// Who captured it, which tells where its causes were thrown.
    let context: ThrowContext
    /// Where the error itself was thrown.
    let site: ThrowSite?

    /// Looks up where an error was thrown, on the thread that captures it.
    init(_ error: any Error, limit: Int) {
        context = .here
        site = ThrowSite(of: error, in: context, limit: limit)
        if site == nil { ThrowRecording.ensureHeard() }
    }
}

/// Who throws and captures: a task, or a thread outside of tasks.
struct ThrowContext: Hashable, Sendable {
    fileprivate let number: UInt64

    /// That of the caller.
    static var here: ThrowContext {
        ThrowContext(number: flycatcher_context())
    }

    /// The error that was thrown here last, if that is no longer ago and it still lives.
    func lastThrown(within age: Duration) -> (any Error)? {
        let nanoseconds = UInt64(clamping: age.components.seconds) * 1_000_000_000
        guard let box = flycatcher_last_thrown(number, nanoseconds) else { return nil }
        let object = Unmanaged<AnyObject>.fromOpaque(box).takeRetainedValue()
        // An `any Error` is one pointer to its box, which AnyObject is too.
        return unsafeBitCast(object, to: (any Error).self)
    }
}
