// `flycatcher project`: makes and lists projects.

import ArgumentParser

/// The commands about projects.
struct ProjectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "project", abstract: "Makes and lists projects and their DSNs.",
        subcommands: [ProjectCreateCommand.self, ProjectListCommand.self])
}
