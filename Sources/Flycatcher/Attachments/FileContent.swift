// Reads a file that may be anything.

import Foundation

/// The bytes of a regular file, up to a limit.
enum FileContent {
    /// Why there are no bytes.
    enum Failure: Error, Equatable {
        /// The system said no.
        case unreadable(errno: Int32)
        /// It is a folder, a pipe or a device, of which the end may never come.
        case notAFile
        case tooLarge(byteCount: Int)
    }

    /// Reads a file whole.
    static func bytes(path: String, limit: Int) throws(Failure) -> [UInt8] {
        // Without O_NONBLOCK the opening of a pipe would wait for someone who writes into it.
        let file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard file >= 0 else { throw .unreadable(errno: errno) }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw .unreadable(errno: errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile }
        guard status.st_size <= limit else { throw .tooLarge(byteCount: Int(status.st_size)) }
        return try content(of: file, limit: limit)
    }

    /// Reads to the end, which may have moved since the size was asked.
    private static func content(of file: Int32, limit: Int) throws(Failure) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count <= limit {
            let count = read(file, &buffer, buffer.count)
            guard count >= 0 else { throw .unreadable(errno: errno) }
            guard count > 0 else { return bytes }
            bytes += buffer[..<count]
        }
        throw .tooLarge(byteCount: bytes.count)
    }
}
