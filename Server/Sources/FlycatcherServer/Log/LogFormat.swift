// In what form the server says what it does.

/// Lines for people, or for programs.
public enum LogFormat: String, CaseIterable, Sendable {
    case text
    case json

    static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
