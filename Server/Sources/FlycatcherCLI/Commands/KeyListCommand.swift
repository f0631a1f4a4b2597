// `flycatcher key list`: lists client keys.

import ArgumentParser
import FlycatcherServer
import FlycatcherWire

/// Lists the keys of a project, or of all.
struct KeyListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists keys with their DSNs, oldest first.")

    @Argument(help: "The project, by its name in URLs (default: all projects).")
    var project: String?

    @OptionGroup var options: DataOptions

    func run() async throws {
        let keys = try await options.withInstallation { try await $0.keys(of: project) }
        if options.json { return try Output.json(keys.map(KeyLine.init)) }
        let rows = keys.map { listing in
            let line = KeyLine(listing)
            return [listing.project, line.name, line.state, line.limitText, listing.dsn.publicText]
        }
        Output.line(Table(columns: ["PROJECT", "NAME", "STATE", "LIMIT", "DSN"], rows: rows).description)
    }
}
