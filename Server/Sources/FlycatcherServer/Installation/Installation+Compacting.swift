// Writes the database of a data folder anew.

import FoundationEssentials
import SQLiteStorage

/// What a database takes before and after it was written anew.
public struct CompactReceipt: Hashable, Sendable {
    public let bytesBefore: Int64
    public let bytesAfter: Int64
}

extension Installation {
    /// Rewrites the database of a data folder that nobody else uses.
    ///
    /// - Throws: ``BackupError/folderInUse(_:)``, ``BackupError/noDatabase(folder:)``, `OpeningError`.
    public static func compact(_ configuration: Configuration) throws -> CompactReceipt {
        let folder = configuration.dataFolder
        let file = DatabaseFile(folder: folder)
        guard FileManager.default.fileExists(atPath: file.path) else {
            throw BackupError.noDatabase(folder: folder)
        }
        do {
            let hold = try DataFolderHold(folder)
            return try withExtendedLifetime(hold) {
                let before = try file.report(.none).byteCount
                try file.compact()
                return CompactReceipt(bytesBefore: before, bytesAfter: try file.report(.none).byteCount)
            }
        } catch OpeningError.serverIsRunning {
            throw BackupError.folderInUse(folder)
        }
    }
}
