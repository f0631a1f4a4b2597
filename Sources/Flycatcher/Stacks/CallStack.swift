// Where the caller is: addresses now, names later.

import CFlycatcher

/// The calls that led to a capture, or to a throw: noting them takes less than a microsecond, naming them milliseconds.
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
    /// Whether they led to where the SDK was called, and not to where an error was thrown.
    let isSnapshot: Bool

    private init(addresses: [UInt64], asyncStart: Int, limit: Int, isSnapshot: Bool) {
        self.addresses = addresses
        self.asyncStart = asyncStart
        self.limit = limit
        self.isSnapshot = isSnapshot
    }

    /// Takes the calls that led to a throw, the newest first.
    init(ofThrow addresses: [UInt64], asyncStart: Int, limit: Int) {
        self.init(addresses: addresses, asyncStart: asyncStart, limit: limit, isSnapshot: false)
    }

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
        return CallStack(addresses: addresses, asyncStart: asyncStart, limit: limit, isSnapshot: true)
    }

    /// How many of the last calls belong to the SDK, with those of the standard library that it makes itself.
    private static func ownCount(_ frames: [Flycatcher.Frame]) -> Int {
        let newest = frames.reversed().prefix { isOwn($0) || $0.module == "Swift" }
        return newest.lastIndex(where: isOwn).map { newest.distance(from: newest.startIndex, to: $0) + 1 }
            ?? 0
    }

    /// Whether a call belongs to the SDK, or to the runtime's way of telling of a throw.
    private static func isOwn(_ frame: Flycatcher.Frame) -> Bool {
        frame.module.map(ownModules.contains) ?? false
            || frame.function.map { $0.hasPrefix("swift_willThrow") || $0.hasPrefix("_willThrow") } ?? false
    }

    /// Names the calls, oldest first, without those of the SDK itself; for the worker's thread.
    func trace(_ settings: Settings) -> Flycatcher.StackTrace {
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
        frames.removeLast(Self.ownCount(frames))
        let rule = InAppRule(settings)
        for index in frames.indices { frames[index].isInApp = rule.isInApp(frames[index]) }
        frames = frames.keepingEnds(limit)
        SourceContext.add(settings.frameContextLines, to: &frames)
        return Flycatcher.StackTrace(frames: frames, isSnapshot: isSnapshot)
    }
}
