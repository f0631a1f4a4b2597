// Asks the system how much room there is.

import Model

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension DiskSpace {
    /// Of the file system that a folder is on; nil when the system does not say.
    init?(ofFolder path: String) {
        var figures = statvfs()
        guard statvfs(path, &figures) == 0 else { return nil }
        let unit = Int64(figures.f_frsize)
        self.init(
            freeBytes: Int64(clamping: figures.f_bavail) * unit,
            totalBytes: Int64(clamping: figures.f_blocks) * unit)
    }
}
