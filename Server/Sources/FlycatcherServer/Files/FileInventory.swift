// What lies in the folder of files, as whoever looks the installation over sees it.

import FoundationEssentials
import Model

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The files below `files/` of a data folder, but for those that are still arriving.
struct FileInventory {
    /// A file under the hash of its content.
    struct Entry {
        let digest: FileDigest
        let byteCount: Int64
        /// Seconds since 1970.
        let touchedAt: Int64
    }

    private(set) var entries: [Entry] = []
    /// Names of files that no server has made.
    private(set) var strangers: [String] = []

    init(dataFolder: String) throws {
        let tree = FileTree(folder: dataFolder)
        for name in try tree.names() {
            guard let digest = Self.digest(of: name) else {
                strangers.append(name)
                continue
            }
            var status = stat()
            // One that has gone since it was listed is nobody's concern.
            guard stat(tree.path(of: name), &status) == 0 else { continue }
            #if canImport(Darwin)
                let moment = status.st_mtimespec.tv_sec
            #else
                let moment = status.st_mtim.tv_sec
            #endif
            entries.append(
                Entry(digest: digest, byteCount: Int64(status.st_size), touchedAt: Int64(moment)))
        }
    }

    /// Of `files/3f/3fa4…`, and of nothing else.
    private static func digest(of name: String) -> FileDigest? {
        let parts = name.split(separator: "/")
        guard parts.count == 3, let digest = FileDigest(hex: parts[2]), parts[2].hasPrefix(parts[1]),
            parts[1].count == 2
        else { return nil }
        return digest
    }
}
