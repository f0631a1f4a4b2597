// A file that is read or written from one end to the other.

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// An open file; closed when nobody holds it any more.
final class DiskFile {
    let path: String
    private let descriptor: Int32

    private init(path: String, descriptor: Int32) {
        self.path = path
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }

    /// Opens a file to read it; a link is followed only if it is the whole path that somebody typed.
    static func reading(_ path: String, followingLinks: Bool = false) throws(DiskError) -> DiskFile {
        try open(path, O_RDONLY | O_CLOEXEC | (followingLinks ? 0 : O_NOFOLLOW))
    }

    /// Makes a file for its owner's eyes only; one that is there already is refused.
    static func making(_ path: String) throws(DiskError) -> DiskFile {
        try open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC)
    }

    private static func open(_ path: String, _ flags: Int32) throws(DiskError) -> DiskFile {
        let descriptor = openFile(path, flags)
        guard descriptor >= 0 else { throw DiskError(path) }
        return DiskFile(path: path, descriptor: descriptor)
    }

    /// What the file holds now, in bytes.
    var byteCount: Int {
        get throws(DiskError) {
            var status = stat()
            guard fstat(descriptor, &status) == 0 else { throw DiskError(path) }
            return Int(status.st_size)
        }
    }

    /// Hands on the file in pieces, from where it stands to its end.
    func readAll(_ sink: (UnsafeRawBufferPointer) throws -> Void) throws {
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 16)
        defer { room.deallocate() }
        while true {
            let count = readFile(descriptor, room)
            guard count >= 0 else { throw DiskError(path) }
            guard count > 0 else { return }
            try sink(UnsafeRawBufferPointer(rebasing: room[..<count]))
        }
    }

    /// Appends all of the bytes.
    func write(_ bytes: UnsafeRawBufferPointer) throws(DiskError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = writeFile(descriptor, UnsafeRawBufferPointer(rebasing: rest))
            guard count > 0 else { throw DiskError(path) }
            rest = rest.dropFirst(count)
        }
    }

    /// Returns when everything that was written is on the disk.
    func synchronize() throws(DiskError) {
        guard fsync(descriptor) == 0 else { throw DiskError(path) }
    }

    /// Returns when the names in a folder are on the disk.
    static func synchronizeFolder(_ path: String) throws(DiskError) {
        try open(path, O_RDONLY | O_CLOEXEC).synchronize()
    }
}

/// What the system says about a file that could not be used.
struct DiskError: Error, CustomStringConvertible {
    let path: String
    let code: Int32

    /// Takes the error that the last call has left.
    init(_ path: String) {
        self.path = path
        code = errno
    }

    /// Whether there is nothing of that name.
    var isAbsence: Bool { code == ENOENT }

    var description: String { "\(path): \(String(cString: strerror(code)))" }
}

/// Outside the types, whose own names would hide the system's.
private func openFile(_ path: String, _ flags: Int32) -> Int32 {
    open(path, flags, 0o600)
}

private func readFile(_ descriptor: Int32, _ room: UnsafeMutableRawBufferPointer) -> Int {
    while true {
        let count = read(descriptor, room.baseAddress, room.count)
        if count >= 0 || errno != EINTR { return count }
    }
}

private func writeFile(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    while true {
        let count = write(descriptor, bytes.baseAddress, bytes.count)
        if count >= 0 || errno != EINTR { return count }
    }
}
