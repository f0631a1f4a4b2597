// Names places in the code of given images, which may be those of a process that is no more.

import Symbols

/// Finds functions, files and lines for addresses, and why code gave up, from images and their files.
///
/// Files are opened at the first question about them and stay so; nothing of them stays in memory but where their
/// functions are. It is not meant for several threads at a time.
final class Symbolizer {
    /// Of more images than this, those that were asked about first are opened anew.
    private static let openFiles = 256

    /// A build of a program, wherever it is in memory.
    private struct Build: Hashable {
        let path: String
        let buildID: String?
    }

    private var images: [Flycatcher.DebugImage] = []
    /// Nil where there is no such file any more.
    private var files: [Build: SymbolFile?] = [:]

    /// Prepares to name addresses within the images; nothing is read before the first question.
    init(images: [Flycatcher.DebugImage]) {
        use(images)
    }

    /// Takes other images, and keeps the files that are open.
    func use(_ images: [Flycatcher.DebugImage]) {
        self.images = images.sorted { $0.address < $1.address }
    }

    /// The calls at each place, the innermost first; a place without a name has its address all the same.
    func calls(at places: [CodePlace]) -> [CodePlace: [Flycatcher.Frame]] {
        var calls: [CodePlace: [Flycatcher.Frame]] = [:]
        for (image, places) in Dictionary(grouping: Set(places), by: { image(at: $0.instruction) }) {
            let known = sourceCalls(at: places.map(\.instruction), in: image)
            for place in places {
                let named = known.calls[place.instruction] ?? []
                calls[place] =
                    named.isEmpty
                    ? [Flycatcher.Frame(at: place, in: image)]
                    : Self.written(named, at: place).compactMap {
                        Flycatcher.Frame($0, at: place, in: image, slide: known.slide)
                    }
            }
        }
        return calls
    }

    /// Why an optimised program gave up at an address, such as "Index out of range"; nil when that is not known.
    func trapReason(at address: UInt64) -> String? {
        let calls = sourceCalls(at: [address], in: image(at: address)).calls[address] ?? []
        return calls.lazy.compactMap(\.failure).first
    }

    /// Leaves out what nobody wrote: reasons; and of a function that awaits, what seems inlined where it goes on.
    private static func written(_ calls: [SourceCall], at place: CodePlace) -> [SourceCall] {
        guard place.isContinuation else { return calls.filter { $0.failure == nil } }
        return calls.suffix(1).filter { $0.function.map(SymbolName.isContinuation) ?? false }
    }

    private func image(at address: UInt64) -> Flycatcher.DebugImage? {
        images.last { $0.address <= address }.flatMap { address - $0.address < $0.size ? $0 : nil }
    }

    /// What the file of an image tells, by address in memory, and how far that is from the address in the file.
    private func sourceCalls(
        at addresses: [UInt64], in image: Flycatcher.DebugImage?
    ) -> (calls: [UInt64: [SourceCall]], slide: UInt64) {
        guard let image, let file = file(of: image) else { return ([:], 0) }
        let slide = image.address &- file.firstAddress
        let known = file.calls(at: addresses.map { $0 &- slide })
        let calls = Dictionary(addresses.map { ($0, known[$0 &- slide] ?? []) }) { first, _ in first }
        return (calls, slide)
    }

    private func file(of image: Flycatcher.DebugImage) -> SymbolFile? {
        let build = Build(path: image.codeFile, buildID: image.codeID)
        if let known = files[build] { return known }
        if files.count >= Self.openFiles { files = [:] }
        let file = Self.open(build)
        files[build] = .some(file)
        return file
    }

    /// Opens the file that has the build id; a program that was replaced while it runs is still where the system
    /// started it from.
    private static func open(_ build: Build) -> SymbolFile? {
        guard build.path.hasPrefix("/") else { return nil }
        guard let text = build.buildID else { return SymbolFile(path: build.path, buildID: nil) }
        guard let buildID = bytes(ofHex: text) else { return nil }
        return SymbolFile(path: build.path, buildID: buildID)
            ?? SymbolFile(path: "/proc/self/exe", buildID: buildID)
    }

    private static func bytes(ofHex text: String) -> [UInt8]? {
        let digits = text.compactMap(\.hexDigitValue)
        guard digits.count == text.count, digits.count.isMultiple(of: 2) else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}

extension Flycatcher.Frame {
    /// A call of which nothing but its place is known.
    fileprivate init(at place: CodePlace, in image: Flycatcher.DebugImage?) {
        self.init(function: nil)
        instructionAddress = place.instruction
        package = image?.codeFile
    }

    /// Takes a named call; nil for thunks, which nobody wrote.
    fileprivate init?(
        _ call: SourceCall, at place: CodePlace, in image: Flycatcher.DebugImage?, slide: UInt64
    ) {
        self.init(at: place, in: image)
        if let symbol = call.function {
            guard let name = SymbolName.written(symbol) else { return nil }
            function = name
            module = SymbolModule.name(ofSymbol: symbol)
            if symbol != name {
                self.symbol = symbol
                rawFunction = symbol
            }
        }
        symbolAddress = call.functionStart.map { $0 &+ slide }
        guard let path = call.path, let line = call.line, !path.hasSuffix("<compiler-generated>") else {
            return
        }
        filename = SourcePath.relative(path)
        absolutePath = path
        self.line = line
        column = call.column
    }
}
