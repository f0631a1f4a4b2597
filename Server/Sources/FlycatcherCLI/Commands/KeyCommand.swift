// `flycatcher key`: makes, lists and switches the keys that let events in.

import ArgumentParser

/// The commands about client keys.
struct KeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "Makes, lists, switches and rotates the keys that let events in.",
        discussion: """
            Changes hold for the next request, whether or not a server is running on the data folder.
            A key is named by its public part, the one in the DSN, of which the beginning is enough.
            """,
        subcommands: [
            KeyListCommand.self, KeyCreateCommand.self, KeyDisableCommand.self, KeyEnableCommand.self,
            KeyRotateCommand.self,
        ])
}
