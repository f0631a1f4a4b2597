// Why a backup cannot be made, or put back.

/// A backup that did not succeed; the text says what to do.
public enum BackupError: Error, Hashable, Sendable, CustomStringConvertible {
    case noDatabase(folder: String)
    case fileExists(String)
    case fileRefused(String)
    case longName(String)
    /// The copy of the database is damaged, and so the database is.
    case damagedDatabase(faults: [String])
    /// A file of the archive did not come back from the disk as it was written, or has changed since.
    case damagedFile(String)
    case cutShort(String)
    case notABackup(String)
    case newerFormat(String, version: String)
    case strangeName(String)
    case folderInUse(String)
    case folderNotEmpty(String)

    /// What is wrong, and what to do about it.
    public var description: String {
        switch self {
        case .noDatabase(let folder): "there is no database in \(folder); name the data folder with --data"
        case .fileExists(let path): "\(path) is there already; name another file, or say --replace"
        case .fileRefused(let reason):
            "\(reason); check that this user may write there and that the disk has room"
        case .longName(let name): "the name \(name) is too long for an archive; move the file away"
        case .damagedDatabase(let faults):
            "the database is damaged (\(faults.prefix(3).joined(separator: "; ")));"
                + " stop the server, keep a copy of the data folder, and restore an earlier backup"
        case .damagedFile(let name): "\(name) is damaged: its checksum is another one; use another backup"
        case .cutShort(let path): "\(path) ends too early; use another backup"
        case .notABackup(let path): "\(path) is no backup of flycatcher, or is damaged; name another file"
        case .newerFormat(let path, let version):
            "\(path) was made by flycatcher \(version), which is newer; restore it with that version"
        case .strangeName(let name): "the backup holds a file '\(name)' that belongs to none; use another one"
        case .folderInUse(let folder): "a server is running on \(folder); stop it first"
        case .folderNotEmpty(let folder):
            "\(folder) holds an installation already; name another folder, or say --replace to put the backup in its place"
        }
    }
}
