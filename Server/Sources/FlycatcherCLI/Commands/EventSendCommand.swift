// `flycatcher event send`: sends a test event, or one from a file.

import ArgumentParser
import FlycatcherServer
import FlycatcherWire
import FoundationEssentials

/// Sends one event to a server, as an app would.
struct EventSendCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "send", abstract: "Sends a test event, or one from a file, and prints its id.",
        discussion: """
            Without --dsn it goes to the first project of the data folder, on the server that runs there.
            Servers behind https are reached by their inner http address.
            """)

    @Option(
        help: "Where to send it (default: the first project of the data folder).", transform: OptionText.dsn)
    var dsn: DSN?

    @Option(help: "What the event says.")
    var message = "A test event from flycatcher event send"

    @Option(
        help: "How bad it is: debug, info, warning, error or fatal (default: info).",
        transform: OptionText.level)
    var level = Level.info

    @Option(help: "A file that holds an event as JSON; it is sent instead of a message.")
    var file: String?

    @OptionGroup var options: DataOptions

    func run() async throws {
        let event = try OutgoingEvent(self)
        let dsn = try await destination()
        let reply = try HTTPPost(to: dsn, body: event.envelope(for: dsn)).send()
        guard reply.status == 200 else { throw SendError.refused(status: reply.status, detail: reply.body) }
        let receipt = EventLine(id: event.id.description, link: "\(dsn.baseURL)/issues/?query=\(event.id)")
        if options.json { return try Output.json(receipt) }
        Output.line("sent the event \(receipt.id)")
        Output.line("  \(receipt.link)")
    }

    private func destination() async throws -> DSN {
        if let dsn { return dsn }
        return try await options.withInstallation { try await $0.localDSN() }
    }
}

/// A sent event in JSON.
private struct EventLine: Encodable {
    let id: String
    let link: String
}
