// `flycatcher project create`: makes a project.

import ArgumentParser
import FlycatcherServer
import FlycatcherWire
import Model

/// Makes a project and prints its DSN.
struct ProjectCreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Makes a project and prints its DSN.",
        discussion: "A running server takes its events within a second.")

    @Argument(help: "The name, as people read it.")
    var name: String

    @Option(help: "The platform that the setup page shows first, such as python.")
    var platform = ""

    @OptionGroup var options: DataOptions

    func run() async throws {
        let draft = ProjectDraft(name: name, platform: platform)
        let project = try await options.withInstallation { try await $0.createProject(draft) }
        if options.json { return try Output.json(ProjectLine(project)) }
        Output.line("made the project \(project.slug)")
        Output.line("  DSN    \(project.dsn?.publicText ?? "-")")
        Output.line("  setup  \(project.setupPage)")
    }
}
