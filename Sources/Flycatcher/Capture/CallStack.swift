// Where the caller is: addresses now, names later.

#if canImport(Runtime)
    import Runtime
    import Synchronization
#endif

/// The calls that led to a capture: noting them takes microseconds, naming them milliseconds.
struct CallStack: Sendable {
    /// How many calls are followed, from the newest on.
    static let maximumDepth = 100

    private let resolved: @Sendable () -> [Flycatcher.Frame]

    /// Names the calls, oldest first, without those of the SDK itself; for the worker's thread.
    func frames(_ rule: InAppRule) -> [Flycatcher.Frame] {
        var frames = resolved()
        while frames.last?.module == "Flycatcher" { frames.removeLast() }
        for index in frames.indices { frames[index].isInApp = rule.isInApp(frames[index]) }
        return frames
    }
}

#if canImport(Runtime)
    extension CallStack {
        /// Does what the first stack would otherwise have to wait for.
        static func prepare() {
            if #available(macOS 26, *) { _ = LoadedImages.map }
        }

        /// Notes the calls around the caller; nil where the platform cannot.
        static func here() -> CallStack? {
            guard #available(macOS 26, *) else { return nil }
            let images = LoadedImages.map
            // Without a stack the event still says what happened.
            let backtrace = try? Backtrace.capture(limit: maximumDepth, images: images)
            return backtrace.map { backtrace in CallStack { NamedCalls.frames(of: backtrace, images) } }
        }
    }

    @available(macOS 26, *)
    private enum LoadedImages {
        /// The libraries of the process, listed once because that takes a quarter of a millisecond.
        static let map = ImageMap.capture()
    }

    /// The names of calls by their address, since the same places report again and again.
    @available(macOS 26, *)
    private enum NamedCalls {
        static let capacity = 10_000

        /// An inlined call shares its address with the call that it was inlined into; newest first.
        private static let known = Mutex<[Backtrace.Address: [Flycatcher.Frame]]>([:])

        /// The calls of a backtrace, oldest first.
        static func frames(of backtrace: Backtrace, _ images: ImageMap) -> [Flycatcher.Frame] {
            let addresses = backtrace.frames.map(\.originalProgramCounter)
            let isKnown = known.withLock { known in addresses.allSatisfy { known[$0] != nil } }
            if !isKnown { learn(addresses, from: backtrace.symbolicated(with: images)) }
            return known.withLock { known in addresses.flatMap { known[$0] ?? [] } }.reversed()
        }

        private static func learn(_ addresses: [Backtrace.Address], from named: SymbolicatedBacktrace?) {
            var frames = Dictionary(uniqueKeysWithValues: Set(addresses).map { ($0, [Flycatcher.Frame]()) })
            for (address, calls) in Dictionary(
                grouping: named?.frames ?? [], by: \.captured.originalProgramCounter)
            {
                frames[address] = calls.compactMap(Flycatcher.Frame.init)
            }
            known.withLock { known in
                if known.count + frames.count > capacity { known = [:] }
                known.merge(frames) { $1 }
            }
        }
    }

    @available(macOS 26, *)
    extension Flycatcher.Frame {
        /// Takes a named call; nil for thunks, which nobody wrote, and for gaps.
        fileprivate init?(_ frame: SymbolicatedBacktrace.Frame) {
            guard !frame.isSwiftThunk, let symbol = frame.symbol, !symbol.name.contains("thunk for ")
            else { return nil }
            let module = SymbolModule.name(ofSymbol: symbol.rawName)
            self.init(function: symbol.name, module: module)
            self.symbol = symbol.rawName == symbol.name ? nil : symbol.rawName
            package = symbol.imageName
            guard let place = symbol.sourceLocation, place.line > 0 else { return }
            filename = SourcePath.relative(place.path)
            absolutePath = place.path
            line = place.line
            column = place.column
        }
    }
#else
    extension CallStack {
        /// There is nothing to prepare.
        static func prepare() {}

        /// This platform's runtime knows no stacks.
        static func here() -> CallStack? { nil }
    }
#endif
