// `flycatcher key enable`: opens a client key again.

import ArgumentParser
import FlycatcherServer
import Model

/// Makes a disabled key let events in again.
struct KeyEnableCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enable", abstract: "Makes a disabled key let events in again.")

    @Argument(help: "The key, or the beginning of it.")
    var key: String

    @OptionGroup var options: DataOptions

    func run() async throws {
        let listing = try await options.withInstallation { try await $0.turnKey(key, .enabled) }
        try KeyLine(listing).print("enabled the key \(listing.key.label)", asJSON: options.json)
    }
}
