// `flycatcher serve`: runs the server.

import ArgumentParser
import FlycatcherServer
import FoundationEssentials

/// Serves a data folder until it is told to stop.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Runs the server.",
        discussion: """
            On an empty data folder it makes a project and an owner, and prints the DSN and a one-time sign-in link.
            Each option can be given as a variable too: --log-level as FLYCATCHER_LOG_LEVEL. Options win.
            FLYCATCHER_BURST_LIMIT=600/60 is how many events a project may send in how many seconds, or off;
            FLYCATCHER_PROJECT_LIMIT and FLYCATCHER_INSTALLATION_LIMIT set quotas. FLYCATCHER_SPIKE_PROTECTION=on holds
            back what is far more than usual. FLYCATCHER_SAMPLING=200 is how many events of an issue are kept whole in
            an hour. FLYCATCHER_DISK_GUARD=off fills the disk.
            FLYCATCHER_ENVELOPE_SIZE=20MB is what an envelope may bring, packed. See docs/defence.md.
            FLYCATCHER_METRICS_TOKEN, a secret of your choice, lets other machines read /metrics.
            SIGTERM or Ctrl-C ends it: it finishes what it has accepted, at most 30 seconds long.
            """)

    @Option(
        help:
            "The folder that keeps everything (default: \(FlycatcherServer.Configuration.defaultDataFolder))."
    )
    var data: String?

    @Option(help: "The address to listen on (default: 127.0.0.1).")
    var host: String?

    @Option(help: "The port to listen on; 0 picks a free one (default: 8000).")
    var port: String?

    @Option(
        help: "Where people reach the server, such as https://errors.example.com (default: host and port).")
    var url: String?

    @Option(help: "The database: sqlite, which is embedded, is the only one so far.")
    var database: String?

    @Option(
        help: "How much is logged: trace, debug, info, notice, warning, error or critical (default: info).")
    var logLevel: String?

    @Option(
        help:
            "The proxies in front, such as 127.0.0.1,10.0.0.0/8, believed about whom they speak for (default: none)."
    )
    var trustedProxies: String?

    @Option(help: "How many days events are kept; a project may say otherwise (default: 90).")
    var retentionDays: String?

    @Option(
        help:
            "What events and attachments may take: 20GB, a share of the disk such as 50%, or none (default: 50%)."
    )
    var retentionSize: String?

    @Option(help: "How many days attachments are kept; a project may say otherwise (default: 30).")
    var attachmentDays: String?

    @Option(help: "The form of log lines: text or json (default: text).")
    var logFormat: String?

    @Option(help: "Who is told of the server's own errors: off, internal or a DSN (default: off).")
    var selfDsn: String?

    @Option(help: "A certificate in PEM, for https without a proxy; renewed files are taken by themselves.")
    var tlsCertificate: String?

    @Option(help: "Its private key in PEM.")
    var tlsKey: String?

    @Flag(help: "Only check the settings, and say what they are.")
    var check = false

    @Flag(help: "Print the start as one line of JSON.")
    var json = false

    func run() async throws {
        let configuration = try FlycatcherServer.Configuration(
            options: options, environment: ProcessInfo.processInfo.environment)
        if check { return try CheckPrint(configuration).print(asJSON: json) }
        try await Installation.serve(configuration, reporting: SelfReporter.start) { report in
            try StartPrint(report).print(asJSON: json)
        }
    }

    private var options: [Setting: String] {
        let given: [Setting: String?] = [
            .tlsCertificate: tlsCertificate, .tlsKey: tlsKey, .logFormat: logFormat, .selfDSN: selfDsn,
            .data: data, .host: host, .port: port, .url: url, .database: database, .logLevel: logLevel,
            .trustedProxies: trustedProxies, .retentionDays: retentionDays,
            .retentionSize: retentionSize, .attachmentDays: attachmentDays,
        ]
        return given.compactMapValues { $0 }
    }
}
