// How bad an event is.

/// The severity of an event or breadcrumb, mildest first (protocol sections 7 and 9.4).
public enum Level: UInt8, CaseIterable, Comparable, Sendable {
    case debug
    case info
    case warning
    case error
    case fatal

    /// The word on the wire: `debug`, `info`, `warning`, `error` or `fatal`.
    public var name: String {
        switch self {
        case .debug: "debug"
        case .info: "info"
        case .warning: "warning"
        case .error: "error"
        case .fatal: "fatal"
        }
    }

    /// Reads a level as servers do: any case, protocol section 9.4's aliases, Python's numbers as text.
    ///
    /// - Returns: nil for any other text.
    public init?(lenient text: String) {
        switch text.lowercased() {
        case "fatal", "critical", "50": self = .fatal
        case "error", "40": self = .error
        case "warning", "warn", "30": self = .warning
        case "info", "log", "notice", "20": self = .info
        case "debug", "trace", "10": self = .debug
        default: return nil
        }
    }

    /// Whether the first is the milder one.
    public static func < (lhs: Level, rhs: Level) -> Bool {
        lhs.rawValue < rhs.rawValue
    }
}
