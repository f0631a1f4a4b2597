// How much the server says about its work.

/// The mildest message that is logged.
public enum LogLevel: String, CaseIterable, Sendable {
    case trace
    case debug
    case info
    case notice
    case warning
    case error
    case critical

    static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
