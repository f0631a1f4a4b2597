// `flycatcher token`: makes API tokens.

import ArgumentParser

/// The commands about API tokens.
struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Makes tokens for the web API.",
        subcommands: [TokenCreateCommand.self])
}
