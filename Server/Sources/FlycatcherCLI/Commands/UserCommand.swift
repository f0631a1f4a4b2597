// `flycatcher user`: makes users.

import ArgumentParser

/// The commands about users.
struct UserCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user", abstract: "Makes users who may sign in.", subcommands: [UserCreateCommand.self])
}
