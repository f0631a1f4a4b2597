// Packs what the store keeps, and unpacks it again.

import CZstd
import Synchronization

/// Zstandard for whole texts in memory.
public enum Zstd {
    /// Level 1 to 3 is where a 15 KB event costs about 20 µs and shrinks to a fifth.
    public static let level: Int32 = 1

    /// Packs bytes into one frame that says its content size.
    public static func compress(_ bytes: [UInt8]) -> [UInt8] {
        let bound = ZSTD_compressBound(bytes.count)
        return [UInt8](unsafeUninitializedCapacity: bound) { buffer, count in
            let size = compressors.use { context in
                ZSTD_compressCCtx(context, buffer.baseAddress, bound, bytes, bytes.count, level)
            }
            // With the bound as room, the library's only failure is a lack of memory, at which Swift traps as well.
            precondition(ZSTD_isError(size) == 0, "zstd could not compress")
            count = size
        }
    }

    /// Unpacks one frame made by ``compress(_:)``.
    ///
    /// - Throws: ``DecompressionError`` when the bytes are no such frame, or unpack to more than `limit` bytes.
    public static func decompress(_ bytes: [UInt8], limit: Int) throws(DecompressionError) -> [UInt8] {
        let size = ZSTD_getFrameContentSize(bytes, bytes.count)
        guard size <= UInt64(Int.max) else { throw .corrupt(.zstd) }
        guard size <= UInt64(limit) else { throw .tooLarge(limit: limit) }
        var isWhole = false
        let unpacked = [UInt8](unsafeUninitializedCapacity: Int(size)) { buffer, count in
            let written = decompressors.use { context in
                ZSTD_decompressDCtx(context, buffer.baseAddress, buffer.count, bytes, bytes.count)
            }
            isWhole = ZSTD_isError(written) == 0 && written == Int(size)
            count = isWhole ? written : 0
        }
        guard isWhole else { throw .corrupt(.zstd) }
        return unpacked
    }

    private static let compressors = ContextPool(make: { ZSTD_createCCtx() }, free: { ZSTD_freeCCtx($0) })
    private static let decompressors = ContextPool(make: { ZSTD_createDCtx() }, free: { ZSTD_freeDCtx($0) })
}

/// Contexts of the library, which are costly to make and hold no state between uses.
private final class ContextPool: Sendable {
    /// A context that one user at a time holds: it is taken out of the pool for as long as it is used.
    private struct Context: @unchecked Sendable {
        let pointer: OpaquePointer
    }

    private let idle = Mutex<[Context]>([])
    private let make: @Sendable () -> OpaquePointer?
    private let free: @Sendable (OpaquePointer) -> Void
    private static let maximumIdle = 8

    init(make: @escaping @Sendable () -> OpaquePointer?, free: @escaping @Sendable (OpaquePointer) -> Void) {
        self.make = make
        self.free = free
    }

    func use(_ body: (OpaquePointer) -> Int) -> Int {
        guard let context = idle.withLock({ $0.popLast() })?.pointer ?? make() else {
            preconditionFailure("no memory for a zstd context")
        }
        let result = body(context)
        let isKept = idle.withLock { idle in
            guard idle.count < Self.maximumIdle else { return false }
            idle.append(Context(pointer: context))
            return true
        }
        if !isKept { free(context) }
        return result
    }
}
