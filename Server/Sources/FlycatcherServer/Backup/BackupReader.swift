// Reads a backup from one end to the other and checks every file of it against its checksum.

import Compression
import Crypto
import FoundationEssentials

/// Where the files of a backup go while it is read.
protocol BackupTarget {
    /// Takes a file that begins.
    mutating func begin(_ name: String) throws
    /// Takes the next bytes of it.
    mutating func take(_ piece: UnsafeRawBufferPointer) throws
    /// Takes note of its end.
    mutating func end() throws
}

/// A target that keeps nothing, for who only wants to know whether a backup is sound.
struct NoTarget: BackupTarget {
    func begin(_ name: String) {}
    func take(_ piece: UnsafeRawBufferPointer) {}
    func end() {}
}

/// One backup on its way from the disk.
///
/// What it holds is read as if an enemy had written it: names are checked against the few that make sense, and nothing
/// is kept in memory but the manifest and the checksums, both bounded.
struct BackupReader<Target: BackupTarget> {
    private let path: String
    private var target: Target
    private var head: [UInt8] = []
    private var current: TarHeader?
    /// Bytes of the current file that are still to come.
    private var rest = 0
    /// Zeros that fill it up.
    private var padding = 0
    private var hash = SHA256()
    private var text: [UInt8] = []
    private var sums: [String: String] = [:]
    private var manifest: BackupManifest?
    private var hasComparedSums = false
    /// Whether the end of the archive was seen; what follows it is not looked at.
    private var isComplete = false

    /// Reads the whole backup.
    ///
    /// - Returns: what it says of itself.
    /// - Throws: ``BackupError`` for anything but a whole and sound backup, whatever the target has taken by then.
    static func read(_ path: String, into target: Target) throws -> BackupManifest {
        let file: DiskFile
        do {
            file = try DiskFile.reading(path, followingLinks: true)
        } catch {
            throw BackupError.fileRefused("\(error)")
        }
        var reader = BackupReader(path: path, target: target)
        do {
            let decoder = try StreamDecoder(.zstd)
            try file.readAll { packed in
                try decoder.decode(packed) { piece in try piece.withUnsafeBytes { try reader.consume($0) } }
            }
            try decoder.finish()
        } catch DecompressionError.truncated {
            throw BackupError.cutShort(path)
        } catch is DecompressionError {
            throw BackupError.notABackup(path)
        }
        return try reader.finish()
    }

    private init(path: String, target: Target) {
        self.path = path
        self.target = target
    }

    private mutating func consume(_ bytes: UnsafeRawBufferPointer) throws {
        var bytes = bytes[...]
        while !bytes.isEmpty, !isComplete {
            if let header = current, rest > 0 {
                let piece = bytes.prefix(rest)
                try take(UnsafeRawBufferPointer(rebasing: piece), of: header)
                bytes = bytes.dropFirst(piece.count)
            } else if padding > 0 {
                let count = min(padding, bytes.count)
                padding -= count
                bytes = bytes.dropFirst(count)
            } else {
                let piece = bytes.prefix(TarHeader.blockSize - head.count)
                head.append(contentsOf: piece)
                bytes = bytes.dropFirst(piece.count)
                if head.count == TarHeader.blockSize { try beginFile() }
            }
        }
    }

    private mutating func beginFile() throws {
        defer { head.removeAll(keepingCapacity: true) }
        if head.allSatisfy({ $0 == 0 }) {
            isComplete = true
            return
        }
        guard let header = TarHeader(block: head) else { throw BackupError.notABackup(path) }
        guard Self.isText(header.name) ? header.size <= Self.maximumText : BackupNames.belong(header.name),
            manifest != nil || header.name == BackupManifest.name
        else { throw manifest == nil ? BackupError.notABackup(path) : .strangeName(header.name) }
        (current, rest, padding) = (header, header.size, TarHeader.padding(after: header.size))
        hash = SHA256()
        text.removeAll(keepingCapacity: true)
        if !Self.isText(header.name) { try target.begin(header.name) }
        if rest == 0 { try endFile(header) }
    }

    private mutating func take(_ piece: UnsafeRawBufferPointer, of header: TarHeader) throws {
        rest -= piece.count
        hash.update(bufferPointer: piece)
        if Self.isText(header.name) { text.append(contentsOf: piece) } else { try target.take(piece) }
        if rest == 0 { try endFile(header) }
    }

    private mutating func endFile(_ header: TarHeader) throws {
        current = nil
        switch header.name {
        case BackupManifest.name: manifest = try BackupManifest.read(text, of: path)
        case BackupArchive.sumsName: return try compareSums()
        default: try target.end()
        }
        guard sums.updateValue(hash.finalize().hex, forKey: header.name) == nil,
            sums.count <= Self.maximumFileCount
        else { throw BackupError.notABackup(path) }
    }

    /// Every file must have the checksum that was written, and no file may be missing.
    private mutating func compareSums() throws {
        var expected = sums
        for line in String(decoding: text, as: UTF8.self).split(separator: "\n") {
            let name = String(line.dropFirst(66))
            guard let sum = expected.removeValue(forKey: name) else { throw BackupError.cutShort(path) }
            guard line.prefix(64) == sum else { throw BackupError.damagedFile(name) }
        }
        guard expected.isEmpty, sums[BackupNames.database] != nil else { throw BackupError.notABackup(path) }
        sums.removeAll()
        hasComparedSums = true
    }

    private func finish() throws -> BackupManifest {
        guard isComplete, hasComparedSums, let manifest else { throw BackupError.cutShort(path) }
        return manifest
    }

    private static var maximumText: Int { 256 << 20 }
    private static var maximumFileCount: Int { 2_000_000 }

    private static func isText(_ name: String) -> Bool {
        name == BackupManifest.name || name == BackupArchive.sumsName
    }
}

/// The names of files that a data folder, and so a backup, may hold.
enum BackupNames {
    static let database = "flycatcher.sqlite"
    static let files = "files"

    /// Whether a name is that of the database, or of a file somewhere below `files/`.
    static func belong(_ name: String) -> Bool {
        if name == database { return true }
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        return (2...6).contains(parts.count) && parts[0] == files && parts.allSatisfy(isPlain)
    }

    /// A name that leads nowhere else and hides from nobody.
    private static func isPlain(_ part: Substring) -> Bool {
        !part.isEmpty && !part.hasPrefix(".")
            && part.utf8.allSatisfy { byte in
                byte &- UInt8(ascii: "0") < 10 || (byte | 0x20) &- UInt8(ascii: "a") < 26
                    || "-._".utf8.contains(byte)
            }
    }
}
