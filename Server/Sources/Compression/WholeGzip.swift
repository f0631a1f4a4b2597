// Small gzip bodies at once through libdeflate, which takes less than half of zlib's time.

import CDeflate
import Synchronization

/// Unpacks a gzip body that is there as a whole and small.
///
/// It is a shortcut and judges nothing: whatever is not one plain, sound and small gzip file is left to
/// ``StreamDecoder``, which knows what is wrong with it.
public enum WholeGzip {
    /// Bytes that a packed body may have to be worth having as a whole.
    public static let packedLimit = 32 * 1024
    /// Bytes that it may unpack to.
    public static let limit = outputCapacity

    /// Unpacks a body and hands it on in one piece.
    ///
    /// - Returns: what `body` returns; nil when the body is left to ``StreamDecoder``.
    public static func unpack<Result>(
        _ packed: UnsafeRawBufferPointer, _ body: (Span<UInt8>) throws -> Result
    ) rethrows -> Result? {
        guard (smallestFile...packedLimit).contains(packed.count), let decoder = takeDecoder() else {
            return nil
        }
        defer { giveBack(decoder) }
        guard let unpacked = decoder.decode(packed) else { return nil }
        return try body(unpacked.span)
    }

    /// A gzip file has at least a header and a trailer.
    private static let smallestFile = 18

    // MARK: Decoders that nobody uses, kept, since making one takes as long as a small body

    private static let idle = Mutex<[Idle]>([])
    private static let maximumIdle = 8

    /// Whoever takes the decoder out of the list is its only owner.
    private struct Idle: @unchecked Sendable {
        let decoder: Decoder
    }

    private static func takeDecoder() -> Decoder? {
        idle.withLock { $0.popLast() }?.decoder ?? Decoder()
    }

    private static func giveBack(_ decoder: Decoder) {
        let kept = Idle(decoder: decoder)
        idle.withLock { idle in
            if idle.count < maximumIdle { idle.append(kept) }
        }
    }

    private final class Decoder {
        private let decompressor: OpaquePointer
        private let output: UnsafeMutableBufferPointer<UInt8>

        init?() {
            guard let decompressor = libdeflate_alloc_decompressor() else { return nil }
            self.decompressor = decompressor
            output = .allocate(capacity: limit)
        }

        deinit {
            libdeflate_free_decompressor(decompressor)
            output.deallocate()
        }

        /// The unpacked bytes, which stay until the next call; nil unless the body is one sound file that has room.
        func decode(_ packed: UnsafeRawBufferPointer) -> UnsafeBufferPointer<UInt8>? {
            var readCount = 0
            var count = 0
            let status = libdeflate_gzip_decompress_ex(
                decompressor, packed.baseAddress, packed.count, output.baseAddress, output.count, &readCount,
                &count)
            guard status == LIBDEFLATE_SUCCESS, readCount == packed.count else { return nil }
            return UnsafeBufferPointer(rebasing: output[..<count])
        }
    }
}
