// Why a command cannot do what it was asked.

import Model

/// A request of a command that makes no sense on this data folder; the text says what to do.
public enum InstallationError: Error, Hashable, Sendable, CustomStringConvertible {
    case badEmail(String)
    case emailTaken(String)
    case poorPassword
    case badTokenName
    case unknownScope(String)
    case noProjects
    case noEnabledKey(project: String)
    case unknownProject(String)
    case unknownKey(String)
    case badKeyName
    case notErased

    /// The message for whoever typed the command.
    public var description: String {
        switch self {
        case .badEmail(let text): "'\(text)' is no e-mail address"
        case .emailTaken(let email): "a user \(email) exists already"
        case .poorPassword: Password.rule
        case .badTokenName: "a token needs a name of 1 to 100 characters"
        case .unknownScope(let scope):
            "there is no scope '\(scope)'; the scopes are \(TokenScope.all.joined(separator: ", "))"
        case .noProjects: "there is no project yet; make one with 'flycatcher project create NAME'"
        case .unknownProject(let slug):
            "there is no project '\(slug)'; 'flycatcher project list' names those there are"
        case .unknownKey(let text):
            "there is no one key that begins with '\(text)'; 'flycatcher key list' names those there are"
        case .badKeyName: "a key needs a name of 1 to \(ProjectKey.maximumLabelLength) characters"
        case .noEnabledKey(let project):
            "all keys of the project \(project) are disabled; name another DSN with --dsn"
        case .notErased:
            "events about this person come in faster than they can be removed; stop whoever sends them, and try again"
        }
    }
}
