// The request of an event, and what it tells about the user.

extension Flycatcher.Event {
    /// Takes the request of the most specific scope that has one, unless the event has its own.
    mutating func fillRequest(from scopes: [ScopeData], _ settings: Settings) {
        guard request == nil, let source = scopes.lazy.compactMap(\.request).first else { return }
        switch source {
        case .told(let told): request = told
        case .observed(let observe):
            let observed = observe()
            request = Flycatcher.Request(
                observed, collection: settings.dataCollection,
                maxBodySize: settings.options.maxRequestBodySize)
            if settings.dataCollection.userInfo { fillUser(from: observed) }
        }
    }

    /// Adds who sent the request; what the app has said about the user stays.
    private mutating func fillUser(from observed: Flycatcher.ObservedRequest) {
        guard observed.direction == .incoming, observed.userID != nil || observed.remoteAddress != nil else {
            return
        }
        var user = user ?? Flycatcher.User()
        user.id = user.id ?? observed.userID
        user.ipAddress = user.ipAddress ?? observed.remoteAddress
        self.user = user
    }
}
