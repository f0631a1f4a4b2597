// What the doctor has to know of the machine, gathered at once so that its judgement is pure.

import FlycatcherWire
import SQLiteStorage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The circumstances of a data folder.
struct Machine: Sendable {
    struct Disk: Sendable {
        var freeBytes: Int
        var byteCount: Int
    }

    var now: Timestamp
    /// Whether this user may make files in the data folder.
    var mayWrite: Bool
    /// What of it this user may not write to, by name.
    var unwritable: [String]
    /// Whether nobody else may read it.
    var folderIsPrivate: Bool
    /// nil where the system does not say.
    var disk: Disk?
    var openFileLimit: Int
    /// Whether a server runs on the folder.
    var isServed: Bool
    /// Whether a server could listen where the configuration says.
    var portIsFree: Bool
    /// What the database's log takes.
    var logByteCount: Int

    static func current(_ configuration: Configuration) -> Machine {
        let folder = configuration.dataFolder
        ProcessLimits.prepare()
        var status = stat()
        let isThere = stat(folder, &status) == 0
        var log = stat()
        let hasLog = stat("\(folder)/\(BackupNames.database)-wal", &log) == 0
        return Machine(
            now: .now, mayWrite: access(folder, W_OK | X_OK) == 0,
            unwritable: ownNames.filter { isLocked("\(folder)/\($0)") },
            folderIsPrivate: isThere && status.st_mode & 0o077 == 0, disk: Disk(of: folder),
            openFileLimit: ProcessLimits.openFiles, isServed: DataFolderHold.isServed(folder),
            portIsFree: isFree(configuration.port, on: configuration.host),
            logByteCount: hasLog ? Int(log.st_size) : 0)
    }

    /// What the server writes to in its folder.
    private static let ownNames =
        ["", "-wal", "-shm"].map { "\(BackupNames.database)\($0)" }
        + ["flycatcher.lock", "flycatcher.projects", BackupNames.files, "\(BackupNames.files)/incoming"]

    private static func isLocked(_ path: String) -> Bool {
        access(path, F_OK) == 0 && access(path, W_OK) != 0
    }

    /// Whether the address can be listened on; one that cannot be understood is told by the server when it starts.
    private static func isFree(_ port: Int, on host: String) -> Bool {
        var hints = addrinfo()
        hints.ai_flags = AI_PASSIVE
        hints.ai_socktype = streamKind
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, String(port), &hints, &found) == 0, let found else { return true }
        defer { freeaddrinfo(found) }
        let address = found.pointee
        let descriptor = socket(address.ai_family, address.ai_socktype, address.ai_protocol)
        guard descriptor >= 0 else { return true }
        defer { close(descriptor) }
        var yes: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        return bind(descriptor, address.ai_addr, address.ai_addrlen) == 0
    }

    #if canImport(Glibc)
        private static let streamKind = Int32(SOCK_STREAM.rawValue)
    #else
        private static let streamKind = SOCK_STREAM
    #endif
}

extension Machine.Disk {
    /// The disk that a path is on; nil where the system does not say.
    init?(of path: String) {
        var figures = statvfs()
        guard statvfs(path, &figures) == 0 else { return nil }
        let unit = Int(figures.f_frsize)
        self.init(freeBytes: Int(figures.f_bavail) * unit, byteCount: Int(figures.f_blocks) * unit)
    }
}
