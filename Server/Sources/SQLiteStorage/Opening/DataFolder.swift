// The folder that holds everything an installation keeps.

import Foundation

/// A data folder: the database and the files beside it.
struct DataFolder {
    let path: String

    /// Makes the folder, for its owner's eyes only, unless it is there.
    init(path: String) throws(OpeningError) {
        self.path = path
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) {
            guard isFolder.boolValue else { throw .notAFolder(path) }
            return
        }
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw .folderRefused(path, reason: (error as NSError).localizedDescription)
        }
    }

    var database: String { Self.database(in: path) }

    /// Locked by the one server that runs on the folder.
    var serverLock: String { "\(path)/flycatcher.lock" }

    static func database(in folder: String) -> String { "\(folder)/flycatcher.sqlite" }

    /// Where processes tell each other that projects have changed.
    var projectsMark: String { "\(path)/flycatcher.projects" }

    /// What the database takes on disk, with its log and its index of the log.
    var databaseBytes: Int64 {
        ["", "-wal", "-shm"].reduce(0) { $0 + Self.size(of: database + $1) }
    }

    /// 0 when there is no such file: the log and its index come and go.
    private static func size(of path: String) -> Int64 {
        var status = stat()
        return stat(path, &status) == 0 ? Int64(status.st_size) : 0
    }
}
