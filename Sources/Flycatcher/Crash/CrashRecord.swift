// What the crash handler noted.

import CFlycatcher
import FlycatcherWire

/// The record of a crash, as far as the handler got.
struct CrashRecord {
    struct Chunk {
        let kind: UInt32
        let content: ArraySlice<UInt8>
    }

    struct Signal {
        let number: Int
        let code: Int
        let thread: Int
        let address: UInt64
        let moment: Timestamp
    }

    struct Stack {
        let thread: Int
        let name: String?
        /// The newest first.
        var addresses: [UInt64]
        /// From which on they are places where awaiting functions go on.
        var asyncStart: Int
    }

    let signal: Signal
    private(set) var registers: [UInt64] = []
    /// With what the Swift runtime ended the process.
    private(set) var fatalText: String?
    /// With what the C library did.
    private(set) var abortText: String?
    /// The crashed thread by its frame pointers, and by the tables for unwinding.
    private(set) var stack: Stack?
    private(set) var unwound: Stack?
    private(set) var threads: [Stack] = []
    /// Where the error was thrown that ended the program.
    private(set) var throwStack: Stack?
    private(set) var images: [Flycatcher.DebugImage] = []
    private(set) var marks = RunScopes.Marks()
    private(set) var traceID: TraceID?
    private(set) var spanID: SpanID?
    /// How many parts of the record could not be made because making them crashed.
    private(set) var faultCount = 0
    /// How long it took until the crashed thread, and until all threads were recorded, in nanoseconds.
    private(set) var times: [UInt64] = []

    /// Reads the parts of a record; nil when not even the signal is known.
    init?(_ chunks: [Chunk]) {
        let first = chunks.first { $0.kind == flycatcher_chunk_signal }
        guard let signal = first.flatMap(Self.signal) else { return nil }
        self.signal = signal
        for chunk in chunks { take(chunk) }
    }

    private mutating func take(_ chunk: Chunk) {
        switch Int(chunk.kind) {
        case flycatcher_chunk_registers: registers = chunk.content.words
        case flycatcher_chunk_fatal_text: fatalText = Self.text(chunk)
        case flycatcher_chunk_abort_text: abortText = Self.text(chunk)
        case flycatcher_chunk_stack: stack = Self.stack(chunk)
        case flycatcher_chunk_unwound: unwound = Self.stack(chunk)
        case flycatcher_chunk_thread: threads += [Self.stack(chunk)].compactMap(\.self)
        case flycatcher_chunk_throw: throwStack = Self.stack(chunk)
        case flycatcher_chunk_images: images = Self.images(chunk)
        case flycatcher_chunk_scopes: takeMarks(chunk.content.words)
        case flycatcher_chunk_fault: faultCount += 1
        case flycatcher_chunk_times: times = chunk.content.words
        default: break
        }
    }

    private mutating func takeMarks(_ words: [UInt64]) {
        guard words.count == 5 else { return }
        marks = RunScopes.Marks(
            isolation: ScopeNumber(value: words[0]), current: ScopeNumber(value: words[1]))
        traceID = TraceID(value: UInt128(words[2]) << 64 | UInt128(words[3]))
        spanID = SpanID(value: words[4])
    }

    private static func signal(_ chunk: Chunk) -> Signal? {
        var reader = RecordReader(chunk.content)
        guard let number = reader.read(Int32.self), let code = reader.read(Int32.self),
            reader.read(Int32.self) != nil, let thread = reader.read(Int32.self),
            let address = reader.read(UInt64.self), let moment = reader.read(UInt64.self)
        else { return nil }
        return Signal(
            number: Int(number), code: Int(code), thread: Int(thread), address: address,
            moment: Timestamp(microseconds: Int64(clamping: moment)))
    }

    private static func text(_ chunk: Chunk) -> String {
        String(decoding: chunk.content, as: UTF8.self)
    }

    private static func stack(_ chunk: Chunk) -> Stack? {
        var reader = RecordReader(chunk.content)
        guard let thread = reader.read(UInt32.self), let count = reader.read(UInt32.self),
            let asyncStart = reader.read(UInt32.self), reader.read(UInt32.self) != nil,
            let name = reader.take(16), let content = reader.take(Int(count) * 8)
        else { return nil }
        let text = String(decoding: name.prefix { $0 != 0 }, as: UTF8.self)
        return Stack(
            thread: Int(thread), name: text.isEmpty ? nil : text, addresses: content.words,
            asyncStart: min(Int(asyncStart), Int(count)))
    }

    private static func images(_ chunk: Chunk) -> [Flycatcher.DebugImage] {
        var reader = RecordReader(chunk.content)
        var images: [Flycatcher.DebugImage] = []
        while let address = reader.read(UInt64.self), let size = reader.read(UInt64.self),
            let idCount = reader.read(UInt16.self), let pathCount = reader.read(UInt16.self),
            reader.read(UInt32.self) != nil, let buildID = reader.take(Int(idCount)),
            let path = reader.take(Int(pathCount))
        {
            images.append(
                Flycatcher.DebugImage(
                    codeFile: String(decoding: path, as: UTF8.self), buildID: Array(buildID),
                    address: address, size: size, architecture: LoadedImages.architecture))
        }
        return images.sorted { $0.address < $1.address }
    }
}

extension CrashRecord {
    /// The crashed thread's calls by both ways of walking: where the chain of frame pointers begins with a gap, as in
    /// the C library, the tables for unwinding know what is before.
    var crashedStack: Stack? {
        guard var stack, let unwound else { return self.stack ?? self.unwound }
        guard unwound.addresses.count > 1 else { return stack }
        let hasAwaiting = stack.asyncStart < stack.addresses.count
        let known = Set(unwound.addresses)
        // The first is the crash itself, which both have.
        let meeting = stack.addresses.indices.dropFirst().prefix { $0 < stack.asyncStart }.first {
            known.contains(stack.addresses[$0])
        }
        if let meeting {
            let before = unwound.addresses.prefix { $0 != stack.addresses[meeting] }
            stack.asyncStart += before.count - meeting
            stack.addresses.replaceSubrange(..<meeting, with: before)
        }
        // The chain may break there too, and only it leads to the functions that await.
        return hasAwaiting || stack.addresses.count >= unwound.addresses.count ? stack : unwound
    }
}

extension ArraySlice<UInt8> {
    /// The bytes as whole words.
    fileprivate var words: [UInt64] {
        var reader = RecordReader(self)
        var words: [UInt64] = []
        while let word = reader.read(UInt64.self) { words.append(word) }
        return words
    }
}
