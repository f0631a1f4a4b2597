// What scopes add to the attributes of log records and measurements.

/// The scopes' attributes at the moment of a call, and who the user was.
struct InheritedAttributes: Hashable, Sendable {
    /// The most specific scope's first.
    private var attributes: [[String: Flycatcher.JSONValue]] = []
    private var user: Flycatcher.User?

    init() {}

    /// Takes what the scopes say, the most specific first.
    init(_ scopes: [CopyOnWrite<ScopeData>]) {
        for scope in scopes {
            if !scope.value.attributes.isEmpty { attributes.append(scope.value.attributes) }
            user = user ?? scope.value.user
        }
    }

    /// Adds them, and what is always known, to those that an entry has itself.
    func fill(_ own: inout [String: Flycatcher.JSONValue], _ settings: Settings) {
        for inherited in attributes { own.merge(inherited) { own, _ in own } }
        var defaults: [String: String] = [
            "sentry.environment": settings.environment, "sentry.sdk.name": SDKIdentity.name,
            "sentry.sdk.version": SDKIdentity.version,
        ]
        defaults["sentry.release"] = settings.release
        defaults["server.address"] = settings.serverName
        if settings.dataCollection.userInfo {
            defaults["user.id"] = user?.id
            defaults["user.name"] = user?.username
            defaults["user.email"] = user?.email
        }
        own.merge(defaults.mapValues { .string($0) }) { own, _ in own }
    }
}
