// Where the caller is: addresses now, names later.

#if canImport(Runtime)
    import Runtime
#endif

/// The calls that led to a capture. Noting them takes microseconds, naming them milliseconds.
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
        /// Notes the calls around the caller; nil where the platform cannot.
        static func here() -> CallStack? {
            guard #available(macOS 26, *) else { return nil }
            let images = LoadedImages.map
            // Without a stack the event still says what happened.
            let backtrace = try? Backtrace.capture(limit: maximumDepth, images: images)
            return backtrace.map { backtrace in CallStack { backtrace.frames(images) } }
        }
    }

    @available(macOS 26, *)
    private enum LoadedImages {
        /// The libraries of the process, listed once because that takes a quarter of a millisecond.
        static let map = ImageMap.capture()
    }

    @available(macOS 26, *)
    extension Backtrace {
        fileprivate func frames(_ images: ImageMap) -> [Flycatcher.Frame] {
            guard let symbolicated = symbolicated(with: images) else { return [] }
            return symbolicated.frames.reversed().compactMap(Flycatcher.Frame.init)
        }
    }

    @available(macOS 26, *)
    extension Flycatcher.Frame {
        /// Takes a named call; nil for thunks, which nobody wrote, and for gaps.
        fileprivate init?(_ frame: SymbolicatedBacktrace.Frame) {
            guard !frame.isSwiftThunk, let symbol = frame.symbol else { return nil }
            let module = SymbolModule.name(ofSymbol: symbol.rawName)
            self.init(function: symbol.name, module: module)
            self.symbol = symbol.rawName == symbol.name ? nil : symbol.rawName
            package = symbol.imageName
            guard let place = symbol.sourceLocation else { return }
            filename = SourcePath.relative(place.path)
            absolutePath = place.path
            line = place.line
            column = place.column
        }
    }
#else
    extension CallStack {
        /// This platform's runtime knows no stacks.
        static func here() -> CallStack? { nil }
    }
#endif
