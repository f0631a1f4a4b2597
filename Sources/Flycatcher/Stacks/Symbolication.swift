// Names places in the code of the running program by its own files.

#if os(Linux)
    import Synchronization

    /// Asks the symbolizer about what the process has loaded.
    enum Symbolication {
        private static let process = Mutex<(generation: UInt64, symbolizer: Symbolizer)?>(nil)

        /// The calls at each place; a place without a name has its address all the same.
        static func calls(at places: [CodePlace]) -> [CodePlace: [Flycatcher.Frame]] {
            process.withLock { process in
                let generation = LoadedImages.generation
                let symbolizer = process?.symbolizer ?? Symbolizer(images: LoadedImages.all)
                if let process, process.generation != generation { symbolizer.use(LoadedImages.all) }
                process = (generation, symbolizer)
                return symbolizer.calls(at: places)
            }
        }
    }
#elseif !canImport(Runtime)
    /// This platform's runtime names nothing: calls are sent by address.
    enum Symbolication {
        static func calls(at places: [CodePlace]) -> [CodePlace: [Flycatcher.Frame]] {
            Dictionary(uniqueKeysWithValues: places.map { ($0, [Flycatcher.Frame(at: $0)]) })
        }
    }
#endif
