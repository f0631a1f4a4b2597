// What a token must be allowed to do before a route answers.

/// A permission of the form `noun:read`.
enum Scope: String, CustomStringConvertible {
    case eventRead = "event:read"
    case organizationRead = "org:read"
    case projectRead = "project:read"
    case eventWrite = "event:write"
    case projectWrite = "project:write"
    case organizationAdmin = "org:admin"

    var description: String { rawValue }

    /// Whether a token with these scopes may; who may write or administer something may also read it.
    func isGranted(by scopes: Set<String>) -> Bool {
        let noun = rawValue.prefix { $0 != ":" }
        let enough =
            switch self {
            case .organizationAdmin: ["admin"]
            case .eventWrite, .projectWrite: ["write", "admin"]
            case .eventRead, .organizationRead, .projectRead: ["read", "write", "admin"]
            }
        return enough.contains { scopes.contains("\(noun):\($0)") }
    }
}
