// Names places in the code by the runtime of Swift, where programs are not ELF files.

#if canImport(Runtime) && !os(Linux)
    import Foundation
    import Runtime
    import Synchronization

    /// Asks the runtime of Swift, which reads the program's own files.
    enum Symbolication {
        /// The calls at each place; a place without a name has its address all the same.
        static func calls(at places: [CodePlace]) -> [CodePlace: [Flycatcher.Frame]] {
            guard #available(macOS 26, *) else { return [:] }
            let named = backtrace(of: places)?.symbolicated(with: ProcessImages.map)?.frames ?? []
            let frames = Dictionary(grouping: named) { UInt64($0.captured.originalProgramCounter) }
            var calls: [CodePlace: [Flycatcher.Frame]] = [:]
            for place in places {
                let frames = frames[place.address] ?? []
                let hasName = frames.contains { $0.symbol != nil }
                calls[place] =
                    hasName
                    ? frames.compactMap { Flycatcher.Frame($0, at: place) } : [Flycatcher.Frame(at: place)]
            }
            return calls
        }

        /// A backtrace through the places: it can be made of addresses only by reading its compact form, which is a
        /// version, a kind and eight bytes for each address, and a zero, in base 64 without padding.
        ///
        /// All places at once, because the runtime opens the files of the program anew for each backtrace.
        @available(macOS 26, *)
        private static func backtrace(of places: [CodePlace]) -> Backtrace? {
            var bytes: [UInt8] = [0x02]
            for place in places {
                bytes.append(place.kind == .returnAddress ? 0x2F : place.isContinuation ? 0x3F : 0x1F)
                withUnsafeBytes(of: place.address.bigEndian) { bytes.append(contentsOf: $0) }
            }
            bytes.append(0x00)
            let text = Data(bytes).base64EncodedString().prefix { $0 != "=" }
            let json = #"{"architecture":"\#(LoadedImages.architecture)","backtrace":"\#(text)"}"#
            // Where the runtime reads another form, calls are sent by address and named by the server.
            return try? JSONDecoder().decode(Backtrace.self, from: Data(json.utf8))
        }
    }

    /// The libraries of the process as the runtime wants them, listed anew when one was loaded.
    @available(macOS 26, *)
    private enum ProcessImages {
        private static let listed = Mutex<(generation: UInt64, map: ImageMap)?>(nil)

        static var map: ImageMap {
            listed.withLock { listed in
                let generation = LoadedImages.generation
                if let listed, listed.generation == generation { return listed.map }
                let map = ImageMap.capture()
                listed = (generation, map)
                return map
            }
        }
    }

    @available(macOS 26, *)
    extension Flycatcher.Frame {
        /// Takes a named call; nil for thunks, which nobody wrote, and for what cannot await although it seemed to.
        fileprivate init?(_ frame: SymbolicatedBacktrace.Frame, at place: CodePlace) {
            guard let symbol = frame.symbol, !frame.isSwiftThunk, !SymbolName.isThunk(symbol.name),
                !place.isContinuation || SymbolName.isContinuation(symbol.rawName)
            else { return nil }
            self.init(
                function: SymbolName.readable(symbol.name),
                module: SymbolModule.name(ofSymbol: symbol.rawName))
            if self.symbol(symbol.rawName) { rawFunction = symbol.rawName }
            instructionAddress = place.instruction
            if !frame.inlined, symbol.offset >= 0 {
                symbolAddress = place.address &- UInt64(symbol.offset)
            }
            package = LoadedImages.image(at: place.instruction)?.codeFile ?? symbol.imageName
            guard let source = symbol.sourceLocation, source.line > 0 else { return }
            filename = SourcePath.relative(source.path)
            absolutePath = source.path
            line = source.line
            column = source.column
        }

        /// Keeps the linker's name where it differs from the one for people.
        private mutating func symbol(_ rawName: String) -> Bool {
            symbol = rawName == function ? nil : rawName
            return symbol != nil
        }
    }
#endif
