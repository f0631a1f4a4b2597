// A file that is read where it is looked at.

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A regular file in memory, read-only and private.
final class MappedFile {
    private let start: UnsafeMutableRawPointer
    private let count: Int

    /// Maps the file; nil when it is not there, not a regular one, empty or too large.
    init?(path: String) {
        // A pipe in the place of a file would be waited for.
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        let size = Int(status.st_size)
        guard size > 0, size <= Limits.fileSize,
            let start = mmap(nil, size, PROT_READ, MAP_PRIVATE, file, 0), start != MAP_FAILED
        else { return nil }
        self.start = start
        count = size
    }

    deinit {
        munmap(start, count)
    }

    var bytes: Bytes {
        Bytes(start: UnsafePointer(start.assumingMemoryBound(to: UInt8.self)), count: count)
    }

    /// Gives back the memory of what was read; it is read again when it is looked at again.
    func forget() {
        madvise(start, count, MADV_DONTNEED)
    }
}
