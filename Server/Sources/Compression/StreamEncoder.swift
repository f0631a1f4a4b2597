// Packs a stream piece by piece, so that what is larger than memory can be packed.

import CZstd

/// Packs one stream with zstd, with a checksum of its own at the end.
///
/// ```swift
/// let encoder = try StreamEncoder()
/// for piece in pieces { try encoder.encode(piece) { packed in try file.write(packed) } }
/// try encoder.finish { packed in try file.write(packed) }
/// ```
public struct StreamEncoder: ~Copyable {
    private let context: OpaquePointer
    private let output: UnsafeMutableBufferPointer<UInt8>

    /// A level at which a disk is slower than the packing.
    private static let level: Int32 = 3

    /// - Throws: ``DecompressionError/outOfMemory``.
    public init() throws(DecompressionError) {
        guard let context = ZSTD_createCCtx() else { throw .outOfMemory }
        self.context = context
        output = .allocate(capacity: outputCapacity)
        ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, Self.level)
        ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
    }

    deinit {
        ZSTD_freeCCtx(context)
        output.deallocate()
    }

    /// Packs the next piece and hands on what comes out, in pieces of at most 64 KiB.
    ///
    /// - Throws: ``DecompressionError/outOfMemory``, or whatever `sink` throws.
    public func encode(_ piece: UnsafeRawBufferPointer, _ sink: (Span<UInt8>) throws -> Void) throws {
        var input = ZSTD_inBuffer(src: piece.baseAddress, size: piece.count, pos: 0)
        while input.pos < input.size { _ = try step(&input, ZSTD_e_continue, sink) }
    }

    /// Ends the stream and hands on what is left of it.
    public func finish(_ sink: (Span<UInt8>) throws -> Void) throws {
        var input = ZSTD_inBuffer(src: nil, size: 0, pos: 0)
        while try step(&input, ZSTD_e_end, sink) > 0 {}
    }

    /// Fills the output once, and says how much is known to be left.
    private func step(
        _ input: inout ZSTD_inBuffer, _ directive: ZSTD_EndDirective, _ sink: (Span<UInt8>) throws -> Void
    ) throws -> Int {
        var room = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
        let rest = ZSTD_compressStream2(context, &room, &input, directive)
        // With valid pointers and levels the library fails only for want of memory.
        guard ZSTD_isError(rest) == 0 else { throw DecompressionError.outOfMemory }
        if room.pos > 0 { try sink(UnsafeBufferPointer(rebasing: output[..<room.pos]).span) }
        return rest
    }
}
