// How a command ends: the exit codes that scripts rely on.

import ArgumentParser

/// The exit code of a command.
enum CommandExit: Int32, Sendable {
    case done = 0
    case failed = 1
    /// The command line makes no sense.
    case wrongUsage = 2

    /// Says what went wrong, on the right stream, and gives the code that belongs to it.
    ///
    /// The parser's own code for wrong usage is 64; ours is 2, which shells and people expect. Help and version, which
    /// the parser treats as errors too, are what was asked for.
    init(_ error: any Error) {
        let code = FlycatcherCommand.exitCode(for: error)
        switch code {
        case .success:
            Output.line(FlycatcherCommand.fullMessage(for: error))
            self = .done
        case .validationFailure:
            Output.error(FlycatcherCommand.fullMessage(for: error))
            self = .wrongUsage
        default:
            Output.error("flycatcher: \(error)")
            self = .failed
        }
    }
}
