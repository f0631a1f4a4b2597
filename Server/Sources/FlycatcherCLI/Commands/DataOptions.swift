// What all commands but `serve` share: the data folder, and how to print.

import ArgumentParser
import FlycatcherServer
import FoundationEssentials

/// Options of every command that works on a data folder.
struct DataOptions: ParsableArguments {
    @Option(help: "The data folder (default: $FLYCATCHER_DATA, else \(Configuration.defaultDataFolder)).")
    var data: String?

    @Flag(help: "Print the result as one line of JSON.")
    var json = false

    /// Opens the data folder, works on it and closes it.
    func withInstallation<Value: Sendable>(
        _ work: (Installation) async throws -> Value
    ) async throws -> Value {
        try await Installation.withOpen(try settings(), work)
    }

    /// The settings, of which the data folder is what commands need.
    func settings() throws -> Configuration {
        var options: [Setting: String] = [:]
        if let data { options[.data] = data }
        return try Configuration(options: options, environment: ProcessInfo.processInfo.environment)
    }
}
