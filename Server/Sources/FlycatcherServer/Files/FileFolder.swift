// Keeps files by the hash of their content, each once, so that what is there survives the worst end.

import Compression
import Dispatch
import Foundation
import Model
import Synchronization

/// The folder `files` of the data folder.
///
/// ```
/// files/incoming/7        what is still arriving; emptied at start
/// files/3f/3fa4…          a file, under the SHA-256 of its content
/// ```
///
/// Everything here blocks, so it runs on threads of its own; all work on one file runs on the same thread, in order.
final class FileFolder: Sendable {
    let path: String
    private let threads: [DispatchQueue]
    private let inUse = Mutex<[FileDigest: Int]>([:])
    private let arrivalCount = Mutex<UInt64>(0)

    init(dataFolder: String) {
        path = "\(dataFolder)/files"
        threads = (0..<4).map { DispatchQueue(label: "flycatcher.files.\($0)") }
    }

    /// Removes what was arriving when the server ended.
    func clear() throws(FileError) {
        guard let left = try? FileManager.default.contentsOfDirectory(atPath: incoming) else { return }
        for name in left {
            guard unlink("\(incoming)/\(name)") == 0 else { throw FileError("remove", "\(incoming)/\(name)") }
        }
    }

    // MARK: Keeping

    /// A file for something that arrives.
    ///
    /// It blocks a little; ``append(_:to:)`` makes one where blocking is right.
    func newArrival() throws(FileError) -> ArrivingFile {
        let number = arrivalCount.withLock { count in
            count += 1
            return count
        }
        try makeFolder(incoming)
        return try ArrivingFile(path: "\(incoming)/\(number)", number: number)
    }

    /// Writes what has arrived to where everything before it is; to a new file if nothing was.
    func append(_ bytes: [UInt8], to file: ArrivingFile?) async throws -> ArrivingFile {
        let thread = threads[Int((file?.number ?? arrivalCount.withLock { $0 }) % 4)]
        return try await on(thread) {
            let file = try file ?? self.newArrival()
            try file.write(bytes)
            return file
        }
    }

    /// Puts a file into its place and returns when it will be there after any end.
    ///
    /// It is not removed until ``release(_:)`` has been called as often as this.
    func keep(_ upload: FinishedUpload) async throws {
        inUse.withLock { $0[upload.digest, default: 0] += 1 }
        do {
            try await on(thread(of: upload.digest)) { try self.place(upload) }
        } catch {
            release([upload.digest])
            throw error
        }
    }

    /// Says that files are kept by what the store knows, or by nothing.
    func release(_ files: [FileDigest]) {
        for file in files {
            // From here on it counts as used this moment, see `remove`; a file that is gone needs no mark.
            touch(place(of: file))
        }
        inUse.withLock { inUse in
            for file in files {
                let count = (inUse[file] ?? 1) - 1
                inUse[file] = count == 0 ? nil : count
            }
        }
    }

    private func place(_ upload: FinishedUpload) throws {
        let target = place(of: upload.digest)
        if size(of: target) == upload.size {
            touch(target)
            return
        }
        let file = try upload.file ?? newArrival()
        try file.write(upload.rest)
        try file.synchronize()
        let folder = folder(of: upload.digest)
        try makeFolder(folder)
        try file.move(to: target)
        try Self.synchronize(folder: folder)
    }

    // MARK: Looking at what has arrived

    /// The first bytes of a file.
    func beginning(of upload: FinishedUpload, limit: Int) async throws -> [UInt8] {
        try await on(thread(of: upload.digest)) {
            var found: [UInt8] = []
            try upload.forEachPiece(limit: min(limit, 256 << 10)) { piece in
                found += piece.prefix(limit - found.count)
                return found.count < limit
            }
            return found
        }
    }

    /// What a packed file holds, as a file of its own.
    func unpack(
        _ upload: FinishedUpload, _ encoding: ContentEncoding, limit: Int
    ) async throws -> FinishedUpload {
        try await on(thread(of: upload.digest)) {
            let decoder = try StreamDecoder(encoding)
            var content = FileUpload()
            try upload.forEachPiece { piece in
                try piece.withUnsafeBytes { packed in
                    try decoder.decode(packed) { unpacked in
                        guard content.size + Int64(unpacked.count) <= Int64(limit) else {
                            throw IntakeError.bodyTooLarge(limit: limit)
                        }
                        try content.append(unpacked.withUnsafeBufferPointer { Array($0) }, in: self)
                    }
                }
                return true
            }
            try decoder.finish()
            return content.finished()
        }
    }

    // MARK: Removing

    /// Removes files that the store said nothing uses, unless something has come to use them since it was asked.
    ///
    /// - Parameter moment: when the store was asked, or earlier.
    func remove(_ files: [FileDigest], unusedAt moment: FileMoment) async throws {
        for file in files {
            try await on(thread(of: file)) {
                let path = self.place(of: file)
                let isInUse = self.inUse.withLock { $0[file] != nil }
                guard !isInUse, let touched = Self.touched(path), touched < moment else { return }
                guard unlink(path) == 0 || errno == ENOENT else { throw FileError("remove", path) }
            }
        }
    }

    /// Files that nobody has touched since a moment, of one of the 256 folders.
    func untouched(since moment: FileMoment, inFolder number: UInt8) async throws -> [FileDigest] {
        try await on(threads[0]) {
            let digits = String(number, radix: 16)
            let folder = "\(self.path)/\(digits.count == 1 ? "0" : "")\(digits)"
            // A folder that was never made holds nothing.
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            return names.compactMap { FileDigest(hex: $0) }.filter { file in
                Self.touched(self.place(of: file)).map { $0 < moment } ?? false
            }
        }
    }

    // MARK: Reading

    /// Opens a file; nil when it is not there.
    func open(_ file: FileDigest) async throws -> FileReading? {
        let thread = thread(of: file)
        return try await on(thread) { FileReading(path: self.place(of: file), thread: thread) }
    }

    // MARK: Places

    private var incoming: String { "\(path)/incoming" }

    private func thread(of file: FileDigest) -> DispatchQueue { threads[Int(file.bytes[0] & 3)] }

    private func folder(of file: FileDigest) -> String { "\(path)/\(file.description.prefix(2))" }

    func place(of file: FileDigest) -> String { "\(folder(of: file))/\(file)" }

    private func on<Value: Sendable>(
        _ thread: DispatchQueue, _ work: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { waiter in
            thread.async { waiter.resume(with: Result { try work() }) }
        }
    }

    /// Makes a folder whose name then survives too.
    private func makeFolder(_ folder: String) throws(FileError) {
        for part in [path, folder] where mkdir(part, 0o700) == 0 {
            try Self.synchronize(folder: "\(part)/..")
        }
        guard access(folder, W_OK) == 0 else { throw FileError("write to", folder) }
    }

    private static func synchronize(folder: String) throws(FileError) {
        let descriptor = Foundation.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileError("open", folder) }
        defer { Foundation.close(descriptor) }
        guard fsync(descriptor) == 0 else { throw FileError("flush", folder) }
    }

    private func size(of path: String) -> Int64? {
        var status = stat()
        return stat(path, &status) == 0 ? Int64(status.st_size) : nil
    }

    private func touch(_ path: String) {
        utimes(path, nil)
    }

    private static func touched(_ path: String) -> FileMoment? {
        var status = stat()
        return stat(path, &status) == 0 ? FileMoment(status) : nil
    }
}

/// When a file was touched, by the clock of the system.
struct FileMoment: Comparable, Sendable {
    private let nanoseconds: Int64

    /// The present moment, not later than the system marks files with: it does so by the last tick of its clock.
    static var now: FileMoment { FileMoment(secondsAgo: 0) }

    init(secondsAgo seconds: Int64) {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        let tick: Int64 = 20_000_000
        nanoseconds = (Int64(time.tv_sec) - seconds) * 1_000_000_000 + Int64(time.tv_nsec) - tick
    }

    fileprivate init(_ status: stat) {
        #if canImport(Darwin)
            let time = status.st_mtimespec
        #else
            let time = status.st_mtim
        #endif
        nanoseconds = Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    static func < (one: FileMoment, other: FileMoment) -> Bool { one.nanoseconds < other.nanoseconds }
}
