// `flycatcher key disable`: shuts a client key.

import ArgumentParser
import FlycatcherServer
import Model

/// Makes a key refuse events.
struct KeyDisableCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "disable", abstract: "Makes a key refuse events from the next request on.")

    @Argument(help: "The key, or the beginning of it.")
    var key: String

    @OptionGroup var options: DataOptions

    func run() async throws {
        let listing = try await options.withInstallation { try await $0.turnKey(key, .disabled) }
        try KeyLine(listing).print("disabled the key \(listing.key.label)", asJSON: options.json)
    }
}
