// `flycatcher restore`: puts a backup in place.

import ArgumentParser
import FlycatcherServer

/// Puts a backup into a data folder on which no server runs.
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Puts a backup into a data folder.",
        discussion: """
            The whole backup is checked before anything is touched. A folder that holds an installation is refused, unless
            you say --replace: its database is then kept beside the new one, under a name that is printed.
            """)

    @Argument(help: "The file that 'flycatcher backup' has written.")
    var file: String

    @Flag(help: "Put it in the place of what is there.")
    var replace = false

    @OptionGroup var options: DataOptions

    func run() async throws {
        let receipt = try Installation.restore(try options.settings(), from: file, replacing: replace)
        if options.json { return try Output.json(RestoreLine(receipt)) }
        let manifest = receipt.manifest
        Output.line("restored \(manifest.events) events of \(manifest.issues) issues to \(receipt.folder)")
        Output.line("  as of \(manifest.createdAt)")
        if let replaced = receipt.replaced { Output.line("  the database from before is \(replaced)") }
    }
}

/// A restored backup in JSON.
private struct RestoreLine: Encodable {
    let folder: String
    let createdAt: String
    let events: Int64
    let issues: Int64
    let projects: Int64
    let replaced: String?

    init(_ receipt: RestoreReceipt) {
        folder = receipt.folder
        createdAt = receipt.manifest.createdAt
        events = receipt.manifest.events
        issues = receipt.manifest.issues
        projects = receipt.manifest.projects
        replaced = receipt.replaced
    }
}
