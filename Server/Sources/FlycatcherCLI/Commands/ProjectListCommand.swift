// `flycatcher project list`: lists projects.

import ArgumentParser
import FlycatcherServer
import FlycatcherWire

/// Lists all projects with their DSNs.
struct ProjectListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists all projects with their DSNs, oldest first.")

    @OptionGroup var options: DataOptions

    func run() async throws {
        let projects = try await options.withInstallation { try await $0.projects() }
        if options.json { return try Output.json(projects.map(ProjectLine.init)) }
        let table = Table(
            columns: ["PROJECT", "NAME", "DSN"],
            rows: projects.map { [$0.slug, $0.name, $0.dsn?.publicText ?? "(all keys disabled)"] })
        Output.line(table.description)
    }
}
