// Moves, names and removes files, and says what the system says when it fails.

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The names that files have.
enum DiskNames {
    /// Gives a file another name, in the place of whatever had it; nobody ever sees neither or half of one.
    static func move(_ source: String, to target: String) throws(DiskError) {
        guard rename(source, target) == 0 else { throw DiskError(target) }
    }

    /// Gives a file a second name.
    static func link(_ source: String, as target: String) throws(DiskError) {
        guard linkFile(source, target) == 0 else { throw DiskError(target) }
    }

    /// Removes a file that may not be there.
    static func remove(_ path: String) {
        unlink(path)
    }

    /// Makes a folder for its owner's eyes only.
    static func makeFolder(_ path: String) throws(DiskError) {
        guard mkdir(path, 0o700) == 0 else { throw DiskError(path) }
    }

    /// Whether a name is that of a plain file, and no link.
    static func isPlainFile(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }
}

/// Outside the type, whose own `link` would hide the system's.
private func linkFile(_ source: String, _ target: String) -> Int32 {
    link(source, target)
}
