// Puts a backup in the place of what a data folder holds.

import FlycatcherWire
import FoundationEssentials
import SQLiteStorage

/// A backup that was put in place.
public struct RestoreReceipt: Sendable {
    public let manifest: BackupManifest
    public let folder: String
    /// Where the database lies that was there before; nil when there was none.
    public let replaced: String?
}

extension Installation {
    /// Puts a backup into a data folder; nothing there is touched before the whole backup has been checked.
    ///
    /// - Parameter isReplacing: whether an installation may be there already. Its database is kept beside the new one.
    /// - Throws: ``BackupError``, `OpeningError`.
    public static func restore(
        _ configuration: Configuration, from path: String, replacing isReplacing: Bool
    ) throws -> RestoreReceipt {
        let folder = configuration.dataFolder
        let place = try RestorePlace(folder: folder)
        guard isReplacing || !place.isTaken else { throw BackupError.folderNotEmpty(folder) }
        defer { place.removeStage() }
        do {
            let manifest = try place.unpack(path)
            return RestoreReceipt(manifest: manifest, folder: folder, replaced: try place.swap())
        } catch let error as DiskError {
            throw BackupError.fileRefused("\(error)")
        }
    }
}

/// A data folder that nobody else uses, and a stage in it where a backup is unpacked.
///
/// The stage lies inside the folder because a folder is often a disk of its own, which cannot be renamed. One `rename`
/// of the database is the moment at which the backup is in place; before it nothing has changed but that files are
/// there which the old database does not know.
private struct RestorePlace {
    private let folder: String
    private let hold: DataFolderHold
    private var stage: String { "\(folder)/.restoring" }
    private var database: String { "\(folder)/\(BackupNames.database)" }

    init(folder: String) throws {
        self.folder = folder
        do {
            hold = try DataFolderHold(folder)
        } catch OpeningError.serverIsRunning {
            throw BackupError.folderInUse(folder)
        }
        removeStage()
        try DiskNames.makeFolder(stage)
    }

    var isTaken: Bool { FileManager.default.fileExists(atPath: database) }

    func unpack(_ path: String) throws -> BackupManifest {
        let manifest = try BackupReader.read(path, into: StageTarget(folder: stage))
        let copy = DatabaseFile(path: "\(stage)/\(BackupNames.database)")
        let report = try copy.report(.full)
        if let unknown = report.unknownMigration {
            throw OpeningError.newerSchema(path, migration: unknown)
        }
        guard report.faults.isEmpty, try copy.absorbLog() else {
            throw BackupError.damagedFile(BackupNames.database)
        }
        return manifest
    }

    /// Moves what was unpacked to its place.
    ///
    /// - Returns: where the old database is kept.
    func swap() throws -> String? {
        try moveFiles()
        let kept = isTaken ? "\(folder)/flycatcher-before-\(Self.mark(.now)).sqlite" : nil
        if let kept { try keep(kept) }
        try DiskNames.move("\(stage)/\(BackupNames.database)", to: database)
        try DiskFile.synchronizeFolder(folder)
        return kept
    }

    /// Files bear the name of what they hold, so that one that is there already is the same.
    private func moveFiles() throws {
        for name in try FileTree(folder: stage).names() {
            let target = "\(folder)/\(name)"
            let parent = URL(filePath: target).deletingLastPathComponent().path
            try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
            try DiskNames.move("\(stage)/\(name)", to: target)
            try DiskFile.synchronizeFolder(parent)
        }
    }

    /// Gives the old database a second name, under which it stays.
    private func keep(_ path: String) throws {
        // A damaged one cannot take its log in; that is perhaps why it is replaced, and the log stays beside it.
        let isWhole = (try? DatabaseFile(folder: folder).absorbLog()) ?? false
        try DiskNames.link(database, as: path)
        for log in ["-wal", "-shm"] where FileManager.default.fileExists(atPath: database + log) {
            if isWhole {
                DiskNames.remove(database + log)
            } else {
                try DiskNames.move(database + log, to: path + log)
            }
        }
    }

    func removeStage() {
        // One that cannot be removed cannot be made anew either, and then there is an error to tell.
        try? FileManager.default.removeItem(atPath: stage)
    }

    private static func mark(_ moment: Timestamp) -> String {
        "\(moment)".prefix(19).filter { $0 != ":" && $0 != "-" }
    }
}

/// Unpacks the files of a backup below a folder that nobody else knows.
private struct StageTarget: BackupTarget {
    let folder: String
    private var file: DiskFile?

    init(folder: String) {
        self.folder = folder
    }

    mutating func begin(_ name: String) throws {
        let path = "\(folder)/\(name)"
        try FileManager.default.createDirectory(
            atPath: URL(filePath: path).deletingLastPathComponent().path, withIntermediateDirectories: true)
        file = try DiskFile.making(path)
    }

    func take(_ piece: UnsafeRawBufferPointer) throws {
        try file?.write(piece)
    }

    mutating func end() throws {
        try file?.synchronize()
        file = nil
    }
}
