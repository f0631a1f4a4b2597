// `flycatcher backup`: writes everything into one file.

import ArgumentParser
import FlycatcherServer

/// Makes a backup, whether or not a server runs.
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Writes everything that is kept into one file, as of one moment.",
        discussion: """
            The server may go on. The file is read back and checked before it gets its name. It holds what events hold:
            keep it as safe as the data folder. 'zstd -dc FILE | tar x' unpacks it without flycatcher.
            """)

    @Argument(help: "The file to write, such as flycatcher.backup.")
    var file: String

    @Flag(help: "Replace a file of this name.")
    var replace = false

    @OptionGroup var options: DataOptions

    func run() async throws {
        let receipt = try Installation.backUp(try options.settings(), to: file, replacing: replace)
        if options.json { return try Output.json(BackupLine(receipt)) }
        let manifest = receipt.manifest
        Output.line(
            "backed up \(manifest.events) events of \(manifest.issues) issues and \(receipt.fileCount) files to \(file)"
        )
        Output.line("  \(receipt.byteCount / 1024) KB, as of \(manifest.createdAt), read back and sound")
    }
}

/// A backup in JSON.
private struct BackupLine: Encodable {
    let file: String
    let createdAt: String
    let events: Int64
    let issues: Int64
    let projects: Int64
    let files: Int
    let bytes: Int

    init(_ receipt: BackupReceipt) {
        file = receipt.file
        createdAt = receipt.manifest.createdAt
        events = receipt.manifest.events
        issues = receipt.manifest.issues
        projects = receipt.manifest.projects
        files = receipt.fileCount
        bytes = receipt.byteCount
    }
}
