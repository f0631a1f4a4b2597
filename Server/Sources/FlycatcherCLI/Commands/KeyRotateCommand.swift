// `flycatcher key rotate`: puts a new client key in the place of an old one.

import ArgumentParser
import FlycatcherServer
import Model

/// Makes a key of the same name and limit; the old one ends at once, or after a time.
struct KeyRotateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate", abstract: "Makes a key in the place of another one, which ends.",
        discussion: "With --after the old key goes on for that long, so that apps can be changed over.")

    @Argument(help: "The old key, or the beginning of it.")
    var key: String

    @Option(
        help: "How long the old key goes on, such as 30m, 24h or 7d (default: not at all).",
        transform: OptionText.seconds)
    var after: Int64?

    @OptionGroup var options: DataOptions

    func run() async throws {
        let listing = try await options.withInstallation {
            try await $0.rotateKey(key, endingAfter: after ?? 0)
        }
        try KeyLine(listing).print("made the successor of the key \(listing.key.label)", asJSON: options.json)
    }
}
