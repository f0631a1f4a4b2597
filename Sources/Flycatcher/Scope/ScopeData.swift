// What a scope says at one moment, as a value.

/// The content of a scope; a copy shares its storage until one of the two changes.
struct ScopeData: Sendable {
    /// How many keys of a kind are kept.
    static let maximumKeys = 100

    var tags: [String: String] = [:]
    var extra: [String: Flycatcher.JSONValue] = [:]
    var contexts: [String: [String: Flycatcher.JSONValue]] = [:]
    var attributes: [String: Flycatcher.JSONValue] = [:]
    var flags = FeatureFlags()
    var user: Flycatcher.User?
    var level: Flycatcher.Level?
    var fingerprint: [String] = []
    var transaction: String?
    var breadcrumbs = Ring<NumberedBreadcrumb>()
    var attachments: [Flycatcher.Attachment] = []
    var request: ScopedRequest?
    var processors: [Flycatcher.EventProcessor] = []

    /// Without everything that was told, but with those who see events.
    func cleared() -> ScopeData {
        var data = ScopeData()
        data.processors = processors
        return data
    }
}

extension Dictionary {
    /// Sets the value of a key; a new key is refused when there are too many.
    mutating func setBounded(_ key: Key, to value: Value) {
        guard count < ScopeData.maximumKeys || self[key] != nil else { return }
        self[key] = value
    }
}
