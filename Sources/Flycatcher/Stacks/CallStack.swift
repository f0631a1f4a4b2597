// Where the caller is: addresses now, names later.

import CFlycatcher

/// The calls that led to a capture: noting them takes less than a microsecond, naming them milliseconds.
struct CallStack: Sendable {
    /// How many of the SDK's own calls may stand on top of the app's.
    private static let ownCalls = 8
    private static let ownModules: Set<String> = [
        "Flycatcher", "FlycatcherArgumentParser", "FlycatcherAsyncHTTPClient", "FlycatcherHummingbird",
        "FlycatcherLogging", "FlycatcherMetrics", "FlycatcherServiceLifecycle", "FlycatcherTesting",
        "FlycatcherTracing",
    ]

    /// The newest first.
    private let addresses: [UInt64]
    /// From which on they are places where awaiting functions go on.
    private let asyncStart: Int
    private let limit: Int

    /// Does once what the first stack would otherwise have to wait for.
    static func prepare() {
        flycatcher_prepare_walks()
    }

    /// Notes the calls around the caller, at most so many: of deeper stacks both ends; nil where the platform cannot.
    static func here(limit: Int) -> CallStack? {
        let oldest = limit / 5
        let capacity = limit + ownCalls
        var asyncStart = 0
        let addresses = [UInt64](unsafeUninitializedCapacity: capacity) { buffer, count in
            count = flycatcher_walk(buffer.baseAddress, capacity - oldest, oldest, &asyncStart)
        }
        guard !addresses.isEmpty else { return nil }
        return CallStack(addresses: addresses, asyncStart: asyncStart, limit: limit)
    }

    /// Names the calls, oldest first, without those of the SDK itself; for the worker's thread.
    func trace(_ rule: InAppRule) -> Flycatcher.StackTrace {
        let places = addresses.enumerated().map { CodePlace(address: $1, isContinuation: $0 >= asyncStart) }
        let calls = NamedCalls.calls(at: places)
        var frames: [Flycatcher.Frame] = []
        var hasContinuation = false
        for (place, var calls) in zip(places, calls) where !calls.isEmpty {
            if place.isContinuation, !hasContinuation {
                calls[0].isStackStart = true
                hasContinuation = true
            }
            frames += calls
        }
        frames.reverse()
        while let module = frames.last?.module, Self.ownModules.contains(module) { frames.removeLast() }
        for index in frames.indices { frames[index].isInApp = rule.isInApp(frames[index]) }
        return Flycatcher.StackTrace(frames: frames.keepingEnds(limit), isSnapshot: true)
    }
}
