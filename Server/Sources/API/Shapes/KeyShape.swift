// How the API shows a client key.

import Model

/// A client key with the addresses that are made of it.
struct KeyShape {
    let key: ProjectKey
    /// Where users reach the installation, without a slash at the end.
    let publicURL: String

    var json: JSONValue {
        [
            "id": .string(key.publicKey),
            "name": .string(key.label),
            "label": .string(key.label),
            "public": .string(key.publicKey),
            // Secrets were given up long ago; tools that insist on one get what serves as well.
            "secret": .string(key.publicKey),
            "projectId": .integer(key.project.value),
            "isActive": .bool(key.isEnabled),
            "rateLimit": key.limit.map {
                ["window": .integer($0.windowSeconds), "count": .integer($0.count)]
            }
                ?? .null,
            "dateCreated": JSONValue(key.createdAt),
            "dateEnds": JSONValue(key.endsAt),
            "dsn": [
                "public": .string(dsn(secret: false)),
                "secret": .string(dsn(secret: true)),
                "csp": .string(endpoint("csp-report")),
                "security": .string(endpoint("security")),
                "minidump": .string(endpoint("minidump")),
            ],
        ]
    }

    private func dsn(secret: Bool) -> String {
        let parts = publicURL.split(separator: "://", maxSplits: 1)
        guard parts.count == 2 else { return "" }
        let credentials = secret ? "\(key.publicKey):\(key.publicKey)" : key.publicKey
        return "\(parts[0])://\(credentials)@\(parts[1])/\(key.project)"
    }

    private func endpoint(_ name: String) -> String {
        "\(publicURL)/api/\(key.project)/\(name)/?sentry_key=\(key.publicKey)"
    }
}
