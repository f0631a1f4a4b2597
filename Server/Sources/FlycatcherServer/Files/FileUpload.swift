// A file on its way in: hashed while it arrives, in memory while it is small.

import Crypto
import Foundation
import Model

/// Gathers the bytes of one file.
///
/// What is longer than ``memoryLimit`` goes to a file of its own at each pause in the arrival, and before that if it
/// comes fast, as something that was packed a thousand to one does.
struct FileUpload: Sendable {
    /// So many bytes of a file stay in memory.
    static let memoryLimit = 16 << 10
    /// So many bytes wait at most to be written at the next pause.
    static let waitingLimit = 1 << 20

    private var hash = SHA256()
    private(set) var size: Int64 = 0
    private var waiting: [UInt8] = []
    private var file: ArrivingFile?

    /// Takes the next bytes.
    mutating func append(_ bytes: [UInt8], in folder: FileFolder) throws {
        hash.update(data: bytes)
        size += Int64(bytes.count)
        waiting += bytes
        if waiting.count > Self.waitingLimit { try settleAtOnce(in: folder) }
    }

    /// Writes what waits, unless it is little, where there is no pause to do so: a small body may unpack to much.
    ///
    /// The system takes a megabyte into its cache in well under a millisecond.
    mutating func settleAtOnce(in folder: FileFolder) throws {
        guard isToSettle else { return }
        let file = if let file { file } else { try folder.newArrival() }
        self.file = file
        try file.write(waiting)
        waiting = []
    }

    /// Whether more waits than stays in memory.
    var isToSettle: Bool { waiting.count > Self.memoryLimit }

    /// Writes what waits, unless it is little.
    mutating func settle(in folder: FileFolder) async throws {
        guard isToSettle else { return }
        file = try await folder.append(waiting, to: file)
        waiting = []
    }

    /// The whole file.
    func finished() -> FinishedUpload {
        // A SHA-256 has 32 bytes.
        guard let digest = FileDigest(bytes: Array(hash.finalize())) else {
            preconditionFailure("SHA-256 gave no 32 bytes")
        }
        return FinishedUpload(digest: digest, size: size, rest: waiting, file: file)
    }
}

/// A file that has arrived whole.
struct FinishedUpload: Sendable {
    let digest: FileDigest
    let size: Int64
    /// What is not in ``file`` yet.
    let rest: [UInt8]
    let file: ArrivingFile?

    /// Hands out the content in pieces until there is no more, or `body` has had enough.
    func forEachPiece(limit: Int = 256 << 10, _ body: ([UInt8]) throws -> Bool) throws {
        var place = 0
        while let file {
            let piece = try file.read(from: place, limit: limit)
            if piece.isEmpty { break }
            place += piece.count
            guard try body(piece) else { return }
        }
        if !rest.isEmpty { _ = try body(rest) }
    }
}
