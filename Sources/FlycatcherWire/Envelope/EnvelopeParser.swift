// Reads an envelope as its bytes arrive, and keeps only what someone wants.

import TapeJSON

/// Reads an envelope piece by piece, in memory bounded by its limits (protocol section 6.1).
///
/// ```swift
/// var parser = EnvelopeParser { $0.type == "event" ? .keep(limit: 1 << 20) : .skip(limit: 100 << 20) }
/// for try await chunk in body { try parser.consume(chunk.span) }
/// let envelope = try parser.finish()
/// ```
///
/// ```
/// envelope header ─▶ item header ─▶ payload of known length ─▶ newline ─┐
///                     ▲   │  └────▶ payload up to a newline ────────────┤
///                     │   └─ empty line ─▶ nothing more                 │
///                     └─────────────────────────────────────────────────┘
/// ```
///
/// An error is final: once thrown, every further call throws it again.
public struct EnvelopeParser: Sendable {
    private enum Stage {
        case envelopeHeader
        case itemHeader
        /// Inside a payload that has this many bytes to come.
        case sizedPayload(missing: Int)
        /// Behind a payload of known length: a newline must come.
        case payloadEnd
        /// Inside a payload that ends with the line.
        case linePayload
        /// Behind the one empty line that may close an envelope.
        case closed
    }

    /// The item that is being read.
    private struct Current {
        var header: EnvelopeItemHeader
        var policy: EnvelopeItemPolicy
        var bytes: [UInt8] = []
        var byteCount = 0

        var isKept: Bool {
            if case .keep = policy { true } else { false }
        }

        var isPassed: Bool {
            if case .pass = policy { true } else { false }
        }
    }

    /// How much is reserved at once on a client's word; a longer payload grows as its bytes arrive.
    private static let maximumReservation = 1 << 20

    private let limits: EnvelopeLimits
    private let policy: @Sendable (EnvelopeItemHeader) -> EnvelopeItemPolicy
    private var stage = Stage.envelopeHeader
    private var line: [UInt8] = []
    private var current: Current?
    private var items: [EnvelopeItem] = []
    private var keptBytes = 0
    private var passed: [EnvelopePiece] = []
    private var failure: EnvelopeError?

    /// Bytes of payloads that are in memory now.
    public private(set) var keptByteCount = 0

    /// The envelope's header, as soon as its line is complete.
    public private(set) var header: EnvelopeHeader?

    /// Makes a parser that asks `policy` once for each item what to do with its payload.
    public init(
        limits: EnvelopeLimits = EnvelopeLimits(),
        policy: @escaping @Sendable (EnvelopeItemHeader) -> EnvelopeItemPolicy
    ) {
        self.limits = limits
        self.policy = policy
    }

    /// Takes the next bytes, in pieces of any size.
    public mutating func consume(_ bytes: Span<UInt8>) throws(EnvelopeError) {
        try failingForGood { parser throws(EnvelopeError) in
            var index = 0
            while index < bytes.count { index = try parser.step(bytes, index) }
        }
    }

    /// Gives the payload bytes that are to be handed on and came since the last call.
    ///
    /// Calling it after each ``consume(_:)`` keeps the memory bounded by the pieces that are consumed.
    public mutating func takePassed() -> [EnvelopePiece] {
        guard !passed.isEmpty else { return [] }
        defer { passed = [] }
        return passed
    }

    /// Takes the end of the input.
    ///
    /// - Returns: the header and all items; the payloads that were not kept are only counted.
    public mutating func finish() throws(EnvelopeError) -> Envelope {
        try failingForGood { parser throws(EnvelopeError) in try parser.end() }
        guard let header else { throw .empty }
        return Envelope(header: header, items: items)
    }

    private mutating func failingForGood(
        _ body: (inout EnvelopeParser) throws(EnvelopeError) -> Void
    ) throws(EnvelopeError) {
        if let failure { throw failure }
        do throws(EnvelopeError) {
            try body(&self)
        } catch {
            failure = error
            throw error
        }
    }
}

// MARK: Stages

extension EnvelopeParser {
    /// Reads on from `start` as far as the stage goes; returns the index behind.
    private mutating func step(_ bytes: Span<UInt8>, _ start: Int) throws(EnvelopeError) -> Int {
        switch stage {
        case .envelopeHeader, .itemHeader: return try readHeaderLine(bytes, start)
        case .sizedPayload(let missing): return try readSizedPayload(bytes, start, missing)
        case .payloadEnd: return try readPayloadEnd(bytes, start)
        case .linePayload: return try readLinePayload(bytes, start)
        case .closed: throw .headerNotObject(.itemHeader(items.count + 1))
        }
    }

    private mutating func end() throws(EnvelopeError) {
        switch stage {
        case .envelopeHeader where line.isEmpty: throw .empty
        case .itemHeader where line.isEmpty, .closed: return
        case .envelopeHeader, .itemHeader:
            try endHeaderLine()
            // A header without a newline may still announce a payload, which then must be empty.
            try end()
        case .sizedPayload(let missing): throw .payloadTooShort(item: items.count + 1, missing: missing)
        case .payloadEnd, .linePayload: endItem()
        }
    }

    private mutating func readHeaderLine(_ bytes: Span<UInt8>, _ start: Int) throws(EnvelopeError) -> Int {
        let newline = bytes.firstNewline(from: start)
        let end = newline ?? bytes.count
        guard line.count + end - start <= limits.headerLineBytes else {
            throw .headerTooLong(place, limit: limits.headerLineBytes)
        }
        line.append(bytes, start, end)
        guard newline != nil else { return end }
        try endHeaderLine()
        return end + 1
    }

    private mutating func endHeaderLine() throws(EnvelopeError) {
        let text = line
        line = []
        if case .envelopeHeader = stage {
            header = EnvelopeHeader(try readObject(text))
            stage = .itemHeader
        } else if text.isEmpty {
            stage = .closed
        } else {
            try beginItem(EnvelopeItemHeader(readObject(text), itemNumber: items.count + 1))
        }
    }

    private mutating func beginItem(_ header: EnvelopeItemHeader) throws(EnvelopeError) {
        guard items.count < limits.items else { throw .tooManyItems(limit: limits.items) }
        current = Current(header: header, policy: policy(header))
        guard let length = header.length else { return stage = .linePayload }
        try admit(length)
        if isKeeping { current?.bytes.reserveCapacity(min(length, Self.maximumReservation)) }
        stage = length == 0 ? .payloadEnd : .sizedPayload(missing: length)
    }

    private mutating func readSizedPayload(
        _ bytes: Span<UInt8>, _ start: Int, _ missing: Int
    ) throws(EnvelopeError) -> Int {
        let end = start + min(missing, bytes.count - start)
        take(bytes, start, end)
        let left = missing - (end - start)
        stage = left == 0 ? .payloadEnd : .sizedPayload(missing: left)
        return end
    }

    private mutating func readPayloadEnd(_ bytes: Span<UInt8>, _ start: Int) throws(EnvelopeError) -> Int {
        guard bytes[start] == UInt8(ascii: "\n") else {
            throw .payloadTooLong(item: items.count + 1, length: current?.byteCount ?? 0)
        }
        endItem()
        return start + 1
    }

    private mutating func readLinePayload(_ bytes: Span<UInt8>, _ start: Int) throws(EnvelopeError) -> Int {
        let newline = bytes.firstNewline(from: start)
        let end = newline ?? bytes.count
        try admit(end - start)
        take(bytes, start, end)
        guard newline != nil else { return end }
        endItem()
        return end + 1
    }

    private mutating func endItem() {
        guard let item = current else { return }
        current = nil
        let payload =
            item.isKept ? EnvelopeItem.Payload.kept(item.bytes) : .skipped(byteCount: item.byteCount)
        items.append(EnvelopeItem(header: item.header, payload: payload))
        stage = .itemHeader
    }
}

// MARK: Parts of a stage

extension EnvelopeParser {
    private var place: EnvelopeError.Line {
        header == nil ? .envelopeHeader : .itemHeader(items.count + 1)
    }

    private var isKeeping: Bool { current?.isKept ?? false }

    /// Refuses this many further payload bytes when they break a limit, before any of them is stored.
    private mutating func admit(_ count: Int) throws(EnvelopeError) {
        guard let current else { return }
        guard count <= current.policy.limit - current.byteCount else {
            throw .itemTooLarge(type: current.header.type, limit: current.policy.limit)
        }
        guard isKeeping else { return }
        guard count <= limits.keptBytes - keptBytes else { throw .envelopeTooLarge(limit: limits.keptBytes) }
        keptBytes += count
    }

    private mutating func take(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) {
        current?.byteCount += end - start
        if isKeeping {
            keptByteCount += end - start
            current?.bytes.append(bytes, start, end)
        } else if let current, current.isPassed, end > start {
            var piece: [UInt8] = []
            piece.append(bytes, start, end)
            passed.append(EnvelopePiece(item: items.count, header: current.header, bytes: piece))
        }
    }

    private func readObject(_ text: [UInt8]) throws(EnvelopeError) -> JSONDocument {
        let document: JSONDocument
        do throws(JSONError) {
            document = try JSONDocument(parsing: text)
        } catch {
            throw .headerNotJSON(place, error)
        }
        guard document.kind(document.root) == .object else { throw .headerNotObject(place) }
        if let member = document.repeatedMember(of: document.root) {
            throw .duplicateKey(place, key: document.key(member))
        }
        return document
    }
}

extension [UInt8] {
    /// Appends the bytes from `start` up to `end`.
    fileprivate mutating func append(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) {
        bytes.extracting(start..<end).withUnsafeBufferPointer { append(contentsOf: $0) }
    }
}

extension Span<UInt8> {
    /// The index of the first newline from `start` on, sought eight bytes at a time.
    fileprivate func firstNewline(from start: Int) -> Int? {
        let ones: UInt64 = 0x0101_0101_0101_0101
        var index = start
        while index &+ 8 <= count {
            // The loop's condition is the bounds check of these eight bytes.
            let word = bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt64.self)
            let difference = UInt64(littleEndian: word) ^ (ones &* 0x0A)
            // A newline sets the high bit of its byte; what a borrow sets behind the first one does not count.
            let hits = (difference &- ones) & ~difference & (ones &* 0x80)
            if hits != 0 { return index &+ hits.trailingZeroBitCount / 8 }
            index &+= 8
        }
        while index < count {
            if self[index] == UInt8(ascii: "\n") { return index }
            index &+= 1
        }
        return nil
    }
}
