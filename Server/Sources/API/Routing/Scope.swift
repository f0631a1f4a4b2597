// What a token must be allowed to do before a route answers.

/// A permission of the form `noun:read`.
enum Scope: String, CustomStringConvertible {
    case eventRead = "event:read"
    case organizationRead = "org:read"
    case projectRead = "project:read"

    var description: String { rawValue }

    /// Whether a token with these scopes may; who may write or administer something may also read it.
    func isGranted(by scopes: Set<String>) -> Bool {
        let noun = rawValue.prefix { $0 != ":" }
        return ["read", "write", "admin"].contains { scopes.contains("\(noun):\($0)") }
    }
}
