// Where people and apps reach the server, which a proxy may make another place than where it listens.

import FlycatcherWire
import Model

/// The address under which the server is reached, without a slash at its end.
public struct PublicURL: Hashable, Sendable, CustomStringConvertible {
    /// `http` or `https`.
    public let scheme: String
    /// Host and, unless it is the scheme's own, port.
    public let authority: String
    /// The path below which everything lies: empty, or `/a/b`.
    public let path: String

    /// Reads `http(s)://host[:port][/path]`; nil for any other text.
    public init?(_ text: String) {
        guard
            text.utf8.allSatisfy({
                $0 != UInt8(ascii: "@") && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#")
            }),
            let marker = text.range(ofScheme: ["http", "https"])
        else { return nil }
        // A DSN is this address with a key and a project; what cannot stand in a DSN is no address for us either.
        guard let dsn = try? DSN("\(text[..<marker])://key@\(text[text.index(marker, offsetBy: 3)...])/1")
        else {
            return nil
        }
        scheme = dsn.scheme
        authority = dsn.port.map { "\(dsn.host):\($0)" } ?? dsn.host
        path = dsn.path
    }

    /// The address of a server that listens on `host` and `port`; one that listens everywhere is `localhost`.
    init(listeningOn host: String, port: Int, isSecure: Bool = false) {
        let isEverywhere = host == "0.0.0.0" || host == "::" || host == "[::]" || host == "*"
        let name = isEverywhere ? "localhost" : host
        let bracketed = name.contains(":") && !name.hasPrefix("[") ? "[\(name)]" : name
        scheme = isSecure ? "https" : "http"
        authority = port == (isSecure ? 443 : 80) ? bracketed : "\(bracketed):\(port)"
        path = ""
    }

    /// The address as a text without a slash at its end.
    public var description: String { "\(scheme)://\(authority)\(path)" }

    /// Whether browsers reach it only encrypted, so that cookies may be kept to that.
    var isSecure: Bool { scheme == "https" }

    /// What paths of our own begin with.
    static let ownNames: Set<String> = [
        "api", "assets", "health", "issues", "metrics", "projects", "settings", "sign-in", "sign-out",
    ]

    /// Whether a path below this one can be told from a path of our own, so that a proxy may take it off or not.
    var hidesNothing: Bool {
        path.split(separator: "/").first.map { !Self.ownNames.contains(String($0)) } ?? true
    }

    /// What an app needs to send its events to a project.
    func dsn(of key: ProjectKey) throws(DSNError) -> DSN {
        try DSN("\(scheme)://\(key.publicKey)@\(authority)\(path)/\(key.project)")
    }
}

extension String {
    /// Where the `://` stands behind one of the schemes.
    fileprivate func range(ofScheme schemes: [String]) -> Index? {
        guard let colon = firstIndex(of: ":"), self[colon...].hasPrefix("://"),
            schemes.contains(self[..<colon].lowercased())
        else { return nil }
        return colon
    }
}
