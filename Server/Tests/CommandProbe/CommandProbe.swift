// A command-line tool whose commands fail in all ways, for the tests of what is reported of that.

import ArgumentParser
import Flycatcher
import FlycatcherArgumentParser

@main
struct CommandProbe: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "probe", subcommands: [Waiting.self, Plain.self])

    struct Broken: Error {}

    static func main() async {
        // The DSN comes from the environment.
        Flycatcher.start { $0.attachStacktrace = false }
        if CommandLine.arguments.dropFirst().first == "plain" {
            Plain.mainReporting(Array(CommandLine.arguments.dropFirst(2)))
        } else {
            await mainReporting()
        }
    }

    struct Waiting: AsyncParsableCommand {
        @Argument var way: String

        func run() async throws {
            await Task.yield()
            try go(way)
        }
    }

    struct Plain: ParsableCommand {
        @Argument var way: String

        func run() throws {
            try go(way)
        }
    }
}

private func go(_ way: String) throws {
    switch way {
    case "break": throw CommandProbe.Broken()
    case "exit": throw ExitCode(3)
    case "clean": throw CleanExit.message("bye")
    case "refuse": throw ValidationError("no")
    default: Flycatcher.capture(message: "worked")
    }
}
