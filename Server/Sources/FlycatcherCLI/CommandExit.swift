// How a command ends: the exit codes that scripts rely on, and what is said.

import ArgumentParser
import FlycatcherServer

/// The exit code of a command.
enum CommandExit: Int32, Sendable {
    case done = 0
    case failed = 1
    /// The command line, or a variable that stands for an option, makes no sense.
    case wrongUsage = 2
}

/// What an error means to the person at the terminal.
struct Ending: Equatable {
    let exit: CommandExit
    let message: String

    /// The parser's own code for wrong usage is 64; ours is 2, which shells and people expect.
    ///
    /// Help and version, which the parser treats as errors too, are what was asked for.
    init(_ error: any Error) {
        switch (FlycatcherCommand.exitCode(for: error), error) {
        case (.success, _):
            exit = .done
            message = FlycatcherCommand.fullMessage(for: error)
        case (.validationFailure, _):
            exit = .wrongUsage
            message = FlycatcherCommand.fullMessage(for: error)
        case (_, let error as ConfigurationError):
            exit = .wrongUsage
            message = "Error: \(error)"
        default:
            exit = .failed
            message = "Error: \(error)"
        }
    }

    func say() {
        if exit == .done { Output.line(message) } else { Output.error(message) }
    }
}
