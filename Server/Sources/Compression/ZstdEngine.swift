// Zstandard bodies, piece by piece.

import CZstd

/// Unpacks zstd, also of several frames.
final class ZstdEngine: DecodingEngine {
    /// The largest window that RFC 8878 asks decoders to accept, 8 MiB; a larger one is a way to take our memory.
    private static let maximumWindowLog: Int32 = 23

    private let context: OpaquePointer
    private let output: UnsafeMutableBufferPointer<UInt8>
    private(set) var isAtEnd = false

    init() throws(DecompressionError) {
        guard let context = ZSTD_createDCtx() else { throw .outOfMemory }
        self.context = context
        output = .allocate(capacity: outputCapacity)
        ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, Self.maximumWindowLog)
    }

    deinit {
        ZSTD_freeDCtx(context)
        output.deallocate()
    }

    func decode(_ piece: UnsafeRawBufferPointer, _ sink: (Span<UInt8>) throws -> Void) throws {
        var input = ZSTD_inBuffer(src: piece.baseAddress, size: piece.count, pos: 0)
        var produced = 0
        repeat {
            var room = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
            let rest = ZSTD_decompressStream(context, &room, &input)
            guard ZSTD_isError(rest) == 0 else { throw DecompressionError.corrupt(.zstd) }
            isAtEnd = rest == 0
            produced = room.pos
            if produced > 0 { try sink(UnsafeBufferPointer(rebasing: output[..<produced]).span) }
        } while input.pos < input.size || (produced == output.count && !isAtEnd)
    }
}
