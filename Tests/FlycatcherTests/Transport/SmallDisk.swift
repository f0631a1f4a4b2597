// A disk that is full when a test wants it.

import Foundation

/// A file system in memory, of a few pages, at a place of its own.
struct SmallDisk {
    static let absence = "a file system can be mounted only by root, and on Linux"
    static let isAvailable: Bool = {
        guard let disk = try? SmallDisk() else { return false }
        disk.remove()
        return true
    }()

    private static let kilobytes = 1024

    let path = FileManager.default.temporaryDirectory.appending(path: "flycatcher-\(UUID())").path

    /// Mounts it.
    init() throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        let words = ["mount", "-t", "tmpfs", "-o", "size=\(Self.kilobytes)k", "tmpfs", path]
        guard try Front.run(words) == 0 else {
            try FileManager.default.removeItem(atPath: path)
            throw POSIXError(.EPERM)
        }
    }

    func remove() {
        // What is left is the system's to clear.
        _ = try? Front.run(["umount", path])
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Takes all the room there is.
    func fill() throws {
        let file = open("\(path)/filler", O_WRONLY | O_CREAT, 0o600)
        guard file >= 0 else { throw POSIXError(.EIO) }
        defer { close(file) }
        let page = [UInt8](repeating: 1, count: 4096)
        while write(file, page, page.count) > 0 {}
    }

    func makeRoom() throws {
        try FileManager.default.removeItem(atPath: "\(path)/filler")
    }

    /// The envelopes that the SDK has left, drafts too.
    var envelopes: [String] {
        get throws {
            try FileManager.default.subpathsOfDirectory(atPath: path)
                .filter { $0.contains(/\/\.?\d{20}-/) }
        }
    }
}
