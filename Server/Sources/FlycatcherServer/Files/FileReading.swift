// A file that is being read, piece by piece.

import Dispatch
import Foundation

/// An open file; closed by whoever holds it last.
final class FileReading: Sendable {
    let size: Int64
    private let descriptor: Int32
    private let thread: DispatchQueue

    private static let pieceSize = 256 << 10

    /// Nil when there is no such file.
    init?(path: String, thread: DispatchQueue) {
        self.thread = thread
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        var status = stat()
        guard descriptor >= 0 else { return nil }
        guard fstat(descriptor, &status) == 0 else {
            close(descriptor)
            return nil
        }
        size = Int64(status.st_size)
    }

    deinit {
        close(descriptor)
    }

    /// The next piece from a place on; empty at the end.
    func piece(from start: Int64, limit: Int = FileReading.pieceSize) async throws -> [UInt8] {
        try await withCheckedThrowingContinuation { waiter in
            thread.async { waiter.resume(with: Result { try self.read(from: start, limit: limit) }) }
        }
    }

    private func read(from start: Int64, limit: Int) throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
            repeat {
                let found = pread(descriptor, buffer.baseAddress, limit, off_t(start))
                if found < 0, errno == EINTR { continue }
                guard found >= 0 else { throw FileError("read", "a file") }
                count = found
                return
            } while true
        }
    }
}
