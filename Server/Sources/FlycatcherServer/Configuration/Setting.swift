// The settings of the server and the names by which people give them.

/// One thing that can be set, by an option of `serve` or by a variable of the environment.
public enum Setting: String, CaseIterable, Sendable {
    case data
    case host
    case port
    case url
    case database
    case logLevel = "log-level"
    case logFormat = "log-format"
    case metricsToken = "metrics-token"
    case selfDSN = "self-dsn"
    case tlsCertificate = "tls-certificate"
    case tlsKey = "tls-key"
    case trustedProxies = "trusted-proxies"
    case burstLimit = "burst-limit"
    case projectLimit = "project-limit"
    case installationLimit = "installation-limit"
    case spikeProtection = "spike-protection"
    case envelopeSize = "envelope-size"
    case diskGuard = "disk-guard"
    case sampling
    case retentionDays = "retention-days"
    case retentionSize = "retention-size"
    case attachmentDays = "attachment-days"

    /// The option of the command line, such as `--log-level`.
    public var option: String { "--\(rawValue)" }

    /// The variable of the environment, such as `FLYCATCHER_LOG_LEVEL`.
    public var variable: String {
        "FLYCATCHER_" + String(rawValue.uppercased().map { $0 == "-" ? "_" : $0 })
    }

    /// What a value must be, for the one who gave another.
    var expectation: String {
        switch self {
        case .data: "the path of a folder is expected"
        case .host: "an address to listen on is expected, such as 127.0.0.1"
        case .port: "a number from 0 to 65535 is expected; 0 picks a free port"
        case .url:
            "an address such as https://errors.example.com or https://example.com/errors is expected, whose path"
                + " does not begin with \(PublicURL.ownNames.sorted().joined(separator: ", "))"
        case .database: "only 'sqlite', the embedded database, is available"
        case .logLevel: "one of \(LogLevel.names) is expected"
        case .logFormat: "one of \(LogFormat.names) is expected"
        case .selfDSN: "off, internal, or the DSN of a project is expected"
        case .metricsToken: "at least 16 printable characters are expected"
        case .retentionDays: "the number of days that events are kept, 1 to 3650, is expected"
        case .attachmentDays: "the number of days that attachments are kept, 1 to 3650, is expected"
        case .retentionSize: "a size such as 20GB, a share of the disk such as 50%, or none is expected"
        case .tlsCertificate: "the path of a certificate in PEM is expected, together with --tls-key"
        case .tlsKey: "the path of a private key in PEM is expected, together with --tls-certificate"
        case .trustedProxies:
            "addresses or ranges such as 127.0.0.1,10.0.0.0/8 are expected, separated by commas, at most 100"
        case .burstLimit, .projectLimit, .installationLimit:
            "events and seconds, such as 600/60, or 'off' is expected"
        case .spikeProtection:
            "'off', 'on', or the number of events an hour that are never a spike, is expected"
        case .envelopeSize: "a size from 1MB to 200MB, such as 20MB, is expected"
        case .diskGuard: "'on' or 'off' is expected"
        case .sampling: "a number of events, such as 200, or 'off' is expected"
        }
    }

    /// Whether its value must not be repeated in messages.
    var isSecret: Bool { [.metricsToken, .database, .selfDSN].contains(self) }
}
