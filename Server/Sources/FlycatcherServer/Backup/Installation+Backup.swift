// Makes a backup of a data folder, whether or not a server runs on it.

import FlycatcherWire
import FoundationEssentials
import SQLiteStorage

/// A backup that was made and checked.
public struct BackupReceipt: Sendable {
    public let file: String
    public let manifest: BackupManifest
    /// How many files besides the database it holds.
    public let fileCount: Int
    /// What it takes on disk.
    public let byteCount: Int
}

extension Installation {
    /// Writes everything that a data folder keeps into one file, as of one moment.
    ///
    /// The server goes on meanwhile. What it answered before this began is in the backup. The file appears under its
    /// name only when the copy of the database is sound and the whole file has been read back from the disk.
    ///
    /// - Parameter isReplacing: whether a file of this name may be there already.
    /// - Throws: ``BackupError``, `OpeningError`.
    public static func backUp(
        _ configuration: Configuration, to path: String, replacing isReplacing: Bool
    ) throws -> BackupReceipt {
        guard isReplacing || !FileManager.default.fileExists(atPath: path) else {
            throw BackupError.fileExists(path)
        }
        let folder = configuration.dataFolder
        let source = DatabaseFile(folder: folder)
        guard FileManager.default.fileExists(atPath: source.path) else {
            throw BackupError.noDatabase(folder: folder)
        }
        let draft = BackupDraft(beside: path)
        defer { draft.remove() }
        do {
            return try draft.make(source, files: FileTree(folder: folder), as: path)
        } catch let error as DiskError {
            throw BackupError.fileRefused("\(error)")
        }
    }
}

/// The files that stand beside a backup until it is whole.
private struct BackupDraft {
    private let database: String
    private let archive: String
    private let folder: String

    init(beside path: String) {
        let mark = "\(path).\(UUID().uuidString.prefix(8))"
        database = "\(mark).database"
        archive = "\(mark).part"
        let parent = URL(filePath: path).deletingLastPathComponent().path
        folder = parent.isEmpty ? "." : parent
    }

    func make(_ source: DatabaseFile, files: FileTree, as path: String) throws -> BackupReceipt {
        let moment = Timestamp.now
        try source.copy(to: database)
        let report = try DatabaseFile(path: database).report(.full)
        guard report.faults.isEmpty else { throw BackupError.damagedDatabase(faults: report.faults) }
        let manifest = BackupManifest(at: moment, report)
        // Files are made before the rows that name them, so those of the copy are all there by now.
        let fileCount = try write(manifest, files, at: moment)
        _ = try BackupReader.read(archive, into: NoTarget())
        let byteCount = try DiskFile.reading(archive).byteCount
        try DiskNames.move(archive, to: path)
        try DiskFile.synchronizeFolder(folder)
        return BackupReceipt(file: path, manifest: manifest, fileCount: fileCount, byteCount: byteCount)
    }

    /// Writes the archive, and says how many files of the folder are in it.
    private func write(_ manifest: BackupManifest, _ files: FileTree, at moment: Timestamp) throws -> Int {
        let archive = try BackupArchive(at: archive, moment: Int(moment.microseconds / 1_000_000))
        try archive.add(BackupManifest.name, try manifest.bytes)
        try archive.add(BackupNames.database, from: try DiskFile.reading(database))
        var count = 0
        for name in try files.names() {
            guard let file = try Self.opened(files.path(of: name)) else { continue }
            try archive.add(name, from: file)
            count += 1
        }
        try archive.finish()
        return count
    }

    /// Nil for a file that nothing needs any more and that has gone while this runs; one that is there must come along.
    private static func opened(_ path: String) throws(DiskError) -> DiskFile? {
        do throws(DiskError) {
            return try DiskFile.reading(path)
        } catch {
            guard error.isAbsence else { throw error }
            return nil
        }
    }

    func remove() {
        // They are there only when something went wrong, of which the caller hears.
        for path in [database, "\(database)-journal", archive] { DiskNames.remove(path) }
    }
}

/// The files below `files/` of a data folder.
struct FileTree {
    let folder: String

    func path(of name: String) -> String { "\(folder)/\(name)" }

    /// The names of all files that belong to a backup, such as `files/ab/abcdef`, in order.
    func names() throws -> [String] {
        let top = path(of: BackupNames.files)
        guard FileManager.default.fileExists(atPath: top) else { return [] }
        return try FileManager.default.subpathsOfDirectory(atPath: top)
            .map { "\(BackupNames.files)/\($0)" }
            .filter { BackupNames.belong($0) && !Self.isPassing($0) && DiskNames.isPlainFile(path(of: $0)) }
            .sorted()
    }

    /// Where the server listens is true of one machine only, and what is still arriving belongs to nothing yet.
    private static func isPassing(_ name: String) -> Bool {
        name == "\(BackupNames.files)/\(AddressFile.name)" || name.hasPrefix("\(BackupNames.files)/incoming/")
    }
}
