// Envelopes that wait on disk for a network.

import FlycatcherWire
import Foundation

/// A folder with one file for each envelope, the oldest first by name; several processes may share it.
///
/// Whoever sends a file holds its lock, which ends with the process, so that nothing is sent twice and nothing is
/// left behind. Files are written under another name first: one that has its name is complete.
struct EnvelopeCache: Sendable {
    /// What became of a file that was taken up.
    enum Outcome {
        /// It was sent, or is not worth sending.
        case done
        /// It stays for later.
        case kept
    }

    private static let suffix = ".envelope"
    private static let maximumSize = 200 << 20

    private let folder: String
    private let capacity: Int

    /// Makes the folder of a project's envelopes; nil when that cannot be done.
    init?(directory: String, project: String, capacity: Int) {
        // Envelopes of one project must not reach another: the name stands for the whole DSN.
        let hash = project.utf8.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        folder = "\(directory)/\(String(hash, radix: 16))"
        self.capacity = capacity
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            return nil
        }
    }

    /// Keeps an envelope.
    ///
    /// - Returns: the envelopes that had to make room; nil when the disk took nothing.
    func store(_ envelope: Envelope, at moment: Timestamp) -> [Envelope]? {
        var envelope = envelope
        envelope.header.sentAt = nil
        let stamp = String(moment.microseconds)
        let padding = String(repeating: "0", count: max(0, 20 - stamp.count))
        let name = "\(padding)\(stamp)-\(EventID())"
        let draft = "\(folder)/.\(name)"
        guard Self.write(envelope.serialized(), to: draft),
            rename(draft, "\(folder)/\(name)\(Self.suffix)") == 0
        else {
            unlink(draft)
            return nil
        }
        return removeOverflow()
    }

    /// Takes up the oldest envelope that no other process has in its hands.
    ///
    /// - Parameter use: gets the envelope, nil when the file was no envelope; says what becomes of the file.
    /// - Returns: false when there was none.
    func takeOldest(_ use: (Envelope?) -> Outcome) -> Bool {
        for name in names {
            let path = "\(folder)/\(name)"
            guard let file = LockedFile(path) else { continue }
            // The lock is held until the file has gone.
            withExtendedLifetime(file) {
                if use(Self.envelope(of: file)) == .done { unlink(path) }
            }
            return true
        }
        return false
    }

    /// The files' names, the oldest first.
    private var names: [String] {
        // A folder that cannot be read holds nothing for us.
        let all = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return all.filter { $0.hasSuffix(Self.suffix) && !$0.hasPrefix(".") }.sorted()
    }

    private func removeOverflow() -> [Envelope] {
        names.dropLast(capacity).compactMap { name in
            let path = "\(folder)/\(name)"
            guard let file = LockedFile(path) else { return nil }
            unlink(path)
            return Self.envelope(of: file)
        }
    }

    private static func envelope(of file: LockedFile) -> Envelope? {
        guard let bytes = file.bytes(limit: maximumSize), !bytes.isEmpty else { return nil }
        var parser = EnvelopeParser { _ in .keep(limit: maximumSize) }
        do {
            try parser.consume(bytes.span)
            let envelope = try parser.finish()
            return envelope.items.isEmpty ? nil : envelope
        } catch {
            return nil
        }
    }

    private static func write(_ bytes: [UInt8], to path: String) -> Bool {
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else { return false }
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { bytes in
                Foundation.write(file, bytes.baseAddress.map { $0 + written }, bytes.count - written)
            }
            if count <= 0 { break }
            written += count
        }
        return close(file) == 0 && written == bytes.count
    }
}

/// A file that no other process reads at the same time.
private final class LockedFile {
    private let descriptor: Int32
    private let size: Int

    /// Opens a regular file, but no link to one; nil when it is in other hands or gone.
    init?(_ path: String) {
        descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        var status = stat()
        let isOurs = flock(descriptor, LOCK_EX | LOCK_NB) == 0 && fstat(descriptor, &status) == 0
        size = Int(status.st_size)
        // One without a name was sent by another process between our look at the folder and the lock. The descriptor is
        // closed by `deinit`, which runs for whoever fails here: closed twice, it might be another's the second time.
        guard isOurs, status.st_nlink > 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    }

    deinit {
        close(descriptor)
    }

    func bytes(limit: Int) -> [UInt8]? {
        guard size <= limit else { return nil }
        var count = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, initialized in
            while count < size {
                let more = read(descriptor, buffer.baseAddress.map { $0 + count }, size - count)
                if more <= 0 { break }
                count += more
            }
            initialized = count
        }
        return count == size ? bytes : nil
    }
}
