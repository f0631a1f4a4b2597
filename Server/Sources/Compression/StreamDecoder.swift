// Unpacks a body piece by piece, so that a small body that unpacks to a huge one never stands in memory.

/// Unpacks one body in any ``ContentEncoding``, as its pieces arrive.
///
/// ```swift
/// var decoder = try StreamDecoder(.gzip)
/// for piece in pieces { try decoder.decode(piece) { unpacked in try parser.consume(unpacked) } }
/// try decoder.finish()
/// ```
///
/// It never holds more than one window and one piece of output, whatever the body unpacks to; the caller stops it by
/// throwing from its closure.
public struct StreamDecoder: ~Copyable {
    private let encoding: ContentEncoding
    private let engine: (any DecodingEngine)?

    /// - Throws: ``DecompressionError/outOfMemory``.
    public init(_ encoding: ContentEncoding) throws(DecompressionError) {
        self.encoding = encoding
        engine =
            switch encoding {
            case .identity: nil
            case .gzip, .deflate: try Inflater.borrow(encoding)
            case .brotli: try BrotliEngine()
            case .zstd: try ZstdEngine()
            }
    }

    deinit {
        if let inflater = engine as? Inflater { Inflater.giveBack(inflater) }
    }

    /// Unpacks the next piece of the body and hands on what comes out, in pieces of at most 64 KiB.
    ///
    /// - Throws: ``DecompressionError``, or whatever `sink` throws, after which the decoder must not be used again.
    public func decode(_ piece: UnsafeRawBufferPointer, _ sink: (Span<UInt8>) throws -> Void) throws {
        guard piece.count > 0 else { return }
        guard let engine else { return try sink(piece.bindMemory(to: UInt8.self).span) }
        try engine.decode(piece, sink)
    }

    /// Says that the body has ended.
    ///
    /// - Throws: ``DecompressionError/truncated(_:)`` when the packed stream has not.
    public func finish() throws(DecompressionError) {
        guard let engine, !engine.isAtEnd else { return }
        throw .truncated(encoding)
    }
}

/// One library's way of unpacking.
protocol DecodingEngine: AnyObject {
    /// Whether the packed stream is complete, so that the body may end here.
    var isAtEnd: Bool { get }

    func decode(_ piece: UnsafeRawBufferPointer, _ sink: (Span<UInt8>) throws -> Void) throws
}

/// The room that unpacked bytes pass through.
let outputCapacity = 64 * 1024
