// `flycatcher key create`: makes a client key.

import ArgumentParser
import FlycatcherServer
import Model

/// Makes a key and prints its DSN.
struct KeyCreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Makes a key and prints its DSN.")

    @Argument(help: "The project, by its name in URLs.")
    var project: String

    @Argument(help: "What the key is for, such as 'iOS app'.")
    var name: String

    @Option(help: "How many events it lets in, such as 1000/minute.", transform: OptionText.keyLimit)
    var limit: KeyLimit?

    @OptionGroup var options: DataOptions

    func run() async throws {
        let listing = try await options.withInstallation {
            try await $0.createKey(name, of: project, limit: limit)
        }
        try KeyLine(listing).print("made the key \(listing.key.label)", asJSON: options.json)
    }
}
