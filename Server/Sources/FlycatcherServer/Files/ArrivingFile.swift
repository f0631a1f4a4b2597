// A file that is being written, and goes away again unless it is moved to its place.

import Foundation
import Synchronization

/// A file below `files/incoming`; whoever holds it last removes it.
final class ArrivingFile: Sendable {
    /// Counts the files since the server started.
    let number: UInt64
    private let path: String
    private let descriptor: Int32
    private let hasMoved = Mutex(false)

    init(path: String, number: UInt64) throws(FileError) {
        self.path = path
        self.number = number
        descriptor = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileError("create", path) }
    }

    deinit {
        close(descriptor)
        if !hasMoved.withLock({ $0 }) { unlink(path) }
    }

    func write(_ bytes: [UInt8]) throws(FileError) {
        var start = 0
        while start < bytes.count {
            let count = bytes.withUnsafeBytes { raw in
                Foundation.write(descriptor, raw.baseAddress.map { $0 + start }, raw.count - start)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw FileError("write to", path) }
            start += count
        }
    }

    /// What has been written, from a place on; empty at the end.
    func read(from start: Int, limit: Int) throws(FileError) -> [UInt8] {
        var piece = [UInt8](repeating: 0, count: limit)
        let count = piece.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, limit, off_t(start)) }
        guard count >= 0 else { throw FileError("read", path) }
        piece.removeLast(limit - count)
        return piece
    }

    func synchronize() throws(FileError) {
        guard fsync(descriptor) == 0 else { throw FileError("flush", path) }
    }

    func move(to target: String) throws(FileError) {
        guard rename(path, target) == 0 else { throw FileError("move", path) }
        hasMoved.withLock { $0 = true }
    }
}

/// The system refused something about a file.
struct FileError: Error, CustomStringConvertible {
    let description: String

    /// Takes the reason from the system, right after the call.
    init(_ verb: String, _ path: String) {
        let reason = String(cString: strerror(errno))
        description = "could not \(verb) \(path): \(reason)"
    }
}
