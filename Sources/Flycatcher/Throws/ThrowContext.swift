// Who throws and who captures, which tells whose errors are whose.

import CFlycatcher

/// A task, or a thread outside of tasks.
struct ThrowContext: Hashable, Sendable {
    let number: UInt64

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
