// Writes a backup: a tar archive packed with zstd, which ends with the checksums of all that it holds.

import Compression
import Crypto

/// The file of a backup while it is written.
///
/// Nothing in it is peculiar to us: `zstd -dc FILE | tar x && sha256sum -c SHA256SUMS` unpacks and checks it.
final class BackupArchive {
    private let file: DiskFile
    private let encoder: StreamEncoder
    private let moment: Int
    private var sums = ""

    static let sumsName = "SHA256SUMS"

    /// - Parameters:
    ///   - path: where it is written; nothing may be there.
    ///   - moment: of all files in it, in seconds since 1970.
    init(at path: String, moment: Int) throws {
        file = try DiskFile.making(path)
        encoder = try StreamEncoder()
        self.moment = moment
    }

    /// Adds a file as long as it is now; what is appended meanwhile stays out.
    func add(_ name: String, from source: DiskFile) throws {
        let size = try source.byteCount
        try begin(name, size)
        var hash = SHA256()
        var rest = size
        try source.readAll { piece in
            let piece = UnsafeRawBufferPointer(rebasing: piece.prefix(rest))
            rest -= piece.count
            hash.update(bufferPointer: piece)
            try pack(piece)
        }
        guard rest == 0 else { throw BackupError.cutShort(source.path) }
        try end(name, size, hash.finalize())
    }

    func add(_ name: String, _ bytes: [UInt8]) throws {
        try begin(name, bytes.count)
        try bytes.withUnsafeBytes { try pack($0) }
        try end(name, bytes.count, SHA256.hash(data: bytes))
    }

    /// Ends the archive and returns when it is on the disk.
    func finish() throws {
        let bytes = Array(sums.utf8)
        try begin(Self.sumsName, bytes.count)
        try bytes.withUnsafeBytes { try pack($0) }
        try zeros(TarHeader.padding(after: bytes.count) + 2 * TarHeader.blockSize)
        try encoder.finish { [file] packed in try packed.withUnsafeBytes { try file.write($0) } }
        try file.synchronize()
    }

    private func begin(_ name: String, _ size: Int) throws {
        guard let block = TarHeader(name: name, size: size, modifiedAt: moment).block else {
            throw BackupError.longName(name)
        }
        try block.withUnsafeBytes { try pack($0) }
    }

    private func end(_ name: String, _ size: Int, _ digest: SHA256.Digest) throws {
        try zeros(TarHeader.padding(after: size))
        sums += "\(digest.hex)  \(name)\n"
    }

    private func zeros(_ count: Int) throws {
        try [UInt8](repeating: 0, count: count).withUnsafeBytes { try pack($0) }
    }

    private func pack(_ piece: UnsafeRawBufferPointer) throws {
        try encoder.encode(piece) { [file] packed in try packed.withUnsafeBytes { try file.write($0) } }
    }
}

extension SHA256.Digest {
    /// 64 hex digits.
    var hex: String {
        map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0\(digits)" : digits
        }.joined()
    }
}
