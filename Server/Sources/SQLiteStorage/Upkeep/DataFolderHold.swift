// Keeps a data folder to one process while nothing of it is open.

/// A data folder that neither a server nor a command can open; let go when nobody holds this any more.
public struct DataFolderHold: Sendable {
    private let server: FolderLock
    private let opening: FolderLock

    /// Takes a data folder, and makes it where it is missing.
    ///
    /// - Throws: ``OpeningError/serverIsRunning(folder:)``, or another ``OpeningError``.
    public init(_ path: String) throws(OpeningError) {
        let folder = try DataFolder(path: path)
        server = try FolderLock.server(of: folder)
        opening = try FolderLock.opening(of: folder, timeout: .seconds(10))
    }

    /// Whether a server runs on a data folder; nothing is made or changed.
    public static func isServed(_ path: String) -> Bool {
        FolderLock.isHeld("\(path)/flycatcher.lock")
    }
}
