// `flycatcher event`: sends events.

import ArgumentParser

/// The commands about events.
struct EventCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "event", abstract: "Sends events.", subcommands: [EventSendCommand.self])
}
