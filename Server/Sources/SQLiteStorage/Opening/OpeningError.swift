// Why a data folder could not be opened, and what to do about it.

/// A data folder that cannot be used, named by what is wrong with it.
public enum OpeningError: Error, Hashable, Sendable {
    case notAFolder(String)
    case folderRefused(String, reason: String)
    /// Another server holds the folder.
    case serverIsRunning(folder: String)
    case lockRefused(String, reason: String)
    case notADatabase(String)
    /// A database, but of another program.
    case foreignDatabase(String)
    /// Written by a newer version, whose migration the text names.
    case newerSchema(String, migration: String)
    case databaseRefused(String, reason: String)
}

extension OpeningError: CustomStringConvertible {
    /// What is wrong with the folder, and what to do about it.
    public var description: String {
        switch self {
        case .notAFolder(let path):
            "\(path) is a file, not a folder; name another data folder"
        case .folderRefused(let path, let reason):
            "cannot make the data folder \(path): \(reason); make it yourself or name another one"
        case .serverIsRunning(let folder):
            "another server is running on \(folder); stop it, or name another data folder"
        case .lockRefused(let path, let reason):
            "cannot lock \(path): \(reason); check that this user may write there"
        case .notADatabase(let path):
            "\(path) is not a database, or is damaged; restore a backup, or move it away to start anew"
        case .foreignDatabase(let path):
            "\(path) is a database of another program; name another data folder"
        case .newerSchema(let path, let migration):
            "\(path) was written by a newer version of flycatcher (it knows `\(migration)`); run that version"
        case .databaseRefused(let path, let reason):
            "cannot open \(path): \(reason); check that this user may write there and that the disk has room"
        }
    }
}
