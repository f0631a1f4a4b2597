// The command line: what `flycatcher` can do.

import ArgumentParser
import FlycatcherServer

/// The root of all commands.
@main
struct FlycatcherCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "flycatcher",
        abstract: "Error monitoring: takes in errors from Sentry SDKs and shows them as issues.",
        discussion: """
            All commands work on a data folder, whether or not a server is running on it.
            Exit codes: 0 done, 1 failed, 2 wrong usage.
            """,
        version: "flycatcher \(FlycatcherVersion.current)",
        subcommands: [
            ServeCommand.self, ProjectCommand.self, KeyCommand.self, UserCommand.self, TokenCommand.self,
            StatsCommand.self,
            EventCommand.self, BackupCommand.self, RestoreCommand.self, DoctorCommand.self,
            CompactCommand.self, EraseCommand.self,
            RunCommand.self,
        ])

    static func main() async {
        Output.exit(await run(Array(CommandLine.arguments.dropFirst())))
    }

    /// Runs a command line and says how it ended.
    static func run(_ arguments: [String]) async -> CommandExit {
        do {
            var command = try parseAsRoot(arguments)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            return .done
        } catch {
            let ending = Ending(error)
            ending.say()
            return ending.exit
        }
    }
}
