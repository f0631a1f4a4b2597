// The settings of the server and the names by which people give them.

/// One thing that can be set, by an option of `serve` or by a variable of the environment.
public enum Setting: String, CaseIterable, Sendable {
    case data
    case host
    case port
    case url
    case database
    case logLevel = "log-level"
    case metricsToken = "metrics-token"
    case proxies

    /// The option of the command line, such as `--log-level`.
    public var option: String { "--\(rawValue)" }

    /// The variable of the environment, such as `FLYCATCHER_LOG_LEVEL`.
    public var variable: String {
        "FLYCATCHER_" + String(rawValue.uppercased().map { $0 == "-" ? "_" : $0 })
    }

    /// Whether its value must not be repeated in messages.
    var isSecret: Bool { self == .metricsToken || self == .database }
}
