// Tests that what is backed up comes back, and that nothing else does.

import FlycatcherWire
import Foundation
import Model
import SQLiteStorage
import Testing

@testable import FlycatcherServer

@Suite struct BackupTests {
    private let temporary: TemporaryStore
    private let configuration: Configuration
    private let file: String
    private let target: String

    init() throws {
        temporary = try TemporaryStore()
        configuration = try Configuration(options: [.data: temporary.folder])
        file = "\(temporary.folder)/../\(UUID().uuidString).backup"
        target = "\(temporary.folder)/target"
    }

    private func makeProject() async throws -> Project {
        try await temporary.store.createProject(ProjectDraft(name: "Shop"), at: .now).0
    }

    private func backUp() throws -> BackupReceipt {
        try Installation.backUp(configuration, to: file, replacing: false)
    }

    @discardableResult
    private func restore(replacing isReplacing: Bool = false) throws -> RestoreReceipt {
        try Installation.restore(
            try Configuration(options: [.data: target]), from: file, replacing: isReplacing)
    }

    private func write(_ text: String, to path: String) throws {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }

    private func removeFile() {
        try? FileManager.default.removeItem(atPath: file)
    }

    @Test func `database and files come back`() async throws {
        defer { removeFile() }
        let project = try await makeProject()
        try write("a picture", to: "\(temporary.folder)/files/ab/abcdef")
        try write("http://127.0.0.1:1", to: "\(temporary.folder)/files/address")
        try write("half a picture", to: "\(temporary.folder)/files/incoming/7")

        let receipt = try backUp()
        let restored = try restore()

        #expect(receipt.fileCount == 1)
        #expect(restored.manifest == receipt.manifest)
        #expect(restored.manifest.projects == 1)
        #expect(restored.replaced == nil)
        let text = try String(contentsOfFile: "\(target)/files/ab/abcdef", encoding: .utf8)
        #expect(text == "a picture")
        let store = try SQLiteStore.open(folder: target)
        #expect(try await store.projects() == [project])
        try await store.close()
        #expect(!FileManager.default.fileExists(atPath: "\(target)/.restoring"))
    }

    @Test func `nothing else is left beside a backup, and only its owner may read it`() async throws {
        defer { removeFile() }
        _ = try backUp()

        let url = URL(fileURLWithPath: file)
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
        let siblings = try FileManager.default.contentsOfDirectory(
            atPath: url.deletingLastPathComponent().path
        ).filter { $0.hasPrefix(url.lastPathComponent) }
        #expect(siblings == [url.lastPathComponent])
        #expect(mode == 0o600)
    }

    @Test func `a file that is there is replaced only when asked`() throws {
        defer { removeFile() }
        try write("precious", to: file)

        #expect(throws: BackupError.fileExists(file)) { try backUp() }
        #expect(try String(contentsOfFile: file, encoding: .utf8) == "precious")
        _ = try Installation.backUp(configuration, to: file, replacing: true)
        #expect(try restore().manifest.projects == 0)
    }

    @Test func `a folder without a database has nothing to back up`() throws {
        let empty = try Configuration(options: [.data: "\(temporary.folder)/nowhere"])

        #expect(throws: BackupError.noDatabase(folder: "\(temporary.folder)/nowhere")) {
            try Installation.backUp(empty, to: file, replacing: false)
        }
        #expect(!FileManager.default.fileExists(atPath: "\(temporary.folder)/nowhere"))
    }

    @Test func `an installation is replaced only when asked, and its database kept`() async throws {
        defer { removeFile() }
        _ = try backUp()
        let old = try SQLiteStore.open(folder: target)
        let (project, _) = try await old.createProject(ProjectDraft(name: "Old"), at: .now)
        try await old.close()

        #expect(throws: BackupError.folderNotEmpty(target)) { try restore() }
        let receipt = try restore(replacing: true)

        let restored = try SQLiteStore.open(folder: target)
        #expect(try await restored.projects().isEmpty)
        try await restored.close()
        let kept = "\(temporary.folder)/kept"
        let replaced = try #require(receipt.replaced)
        try FileManager.default.createDirectory(atPath: kept, withIntermediateDirectories: false)
        try FileManager.default.moveItem(atPath: replaced, toPath: "\(kept)/flycatcher.sqlite")
        let reopened = try SQLiteStore.open(folder: kept)
        #expect(try await reopened.projects() == [project])
        try await reopened.close()
    }

    @Test func `a folder with a server on it is left alone`() async throws {
        defer { removeFile() }
        _ = try backUp()
        let server = try SQLiteStore.open(folder: target, options: StoreOptions(role: .server))

        #expect(throws: BackupError.folderInUse(target)) { try restore(replacing: true) }
        try await server.close()
        try restore(replacing: true)
    }

    @Test(arguments: [0.1, 0.5, 0.9, 0.99])
    func `a damaged backup is refused and nothing is touched`(place: Double) throws {
        defer { removeFile() }
        _ = try backUp()
        var bytes = try Data(contentsOf: URL(fileURLWithPath: file))
        bytes[Int(Double(bytes.count) * place)] ^= 0x40
        try bytes.write(to: URL(fileURLWithPath: file))

        #expect(throws: BackupError.self) { try restore() }
        #expect(try FileManager.default.contentsOfDirectory(atPath: target) == ["flycatcher.lock"])
    }

    @Test(arguments: [0, 1, 100, 0.5, 0.999])
    func `a backup that is cut short is refused`(place: Double) throws {
        defer { removeFile() }
        _ = try backUp()
        let bytes = try Data(contentsOf: URL(fileURLWithPath: file))
        let size = place < 1 ? Int(Double(bytes.count) * place) : Int(place)
        try bytes.prefix(size).write(to: URL(fileURLWithPath: file))

        #expect(throws: BackupError.self) { try restore() }
    }

    @Test(arguments: [
        "../evil", "files/../../evil", "/etc/evil", "files//x", "files/.hidden", "flycatcher.lock", "files",
        "files/a\\b", "other/x",
    ])
    func `names that lead elsewhere are refused`(name: String) throws {
        defer { removeFile() }
        let archive = try BackupArchive(at: file, moment: 0)
        let report = try DatabaseFile(folder: temporary.folder).report(.none)
        try archive.add(BackupManifest.name, try BackupManifest(at: .now, report).bytes)
        try archive.add(name, Array("x".utf8))
        try archive.finish()

        #expect(throws: BackupError.strangeName(name)) { try restore() }
    }

    @Test func `a backup of a newer version is refused by its number`() throws {
        defer { removeFile() }
        let report = try DatabaseFile(folder: temporary.folder).report(.none)
        var manifest = BackupManifest(at: .now, report)
        manifest.format = 2
        let archive = try BackupArchive(at: file, moment: 0)
        try archive.add(BackupManifest.name, try manifest.bytes)
        try archive.finish()

        #expect(throws: BackupError.newerFormat(file, version: FlycatcherVersion.current)) { try restore() }
    }

    @Test func `compacting is refused while a server runs, and shrinks the database afterwards`() async throws
    {
        let server = try SQLiteStore.open(folder: target, options: StoreOptions(role: .server))
        let settings = try Configuration(options: [.data: target])

        #expect(throws: BackupError.folderInUse(target)) { try Installation.compact(settings) }
        try await server.close()

        let receipt = try Installation.compact(settings)
        // An empty one has nothing to give, and its schema may come to lie on one page more.
        #expect(receipt.bytesAfter <= receipt.bytesBefore + 4096)
    }
}
