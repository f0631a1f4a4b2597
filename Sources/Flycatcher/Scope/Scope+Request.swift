// The request that the events of a scope concern.

extension Flycatcher.Scope {
    /// Says which request the app is working for, to be sent as it is; nil when for none.
    public func setRequest(_ request: Flycatcher.Request?) {
        update { $0.request = request.map { .told($0) } }
    }

    /// Says how to find out which request the app is working for, for integrations.
    ///
    /// `observe` runs once for each event that is captured under the scope, on the SDK's own thread, and never for a
    /// request without events. What it returns is filtered by ``Flycatcher/Options/dataCollection``; with
    /// ``Flycatcher/DataCollection/userInfo`` it fills in who the user is, where the app has not said so itself.
    public func observeRequest(_ observe: @escaping @Sendable () -> Flycatcher.ObservedRequest) {
        update { $0.request = .observed(observe) }
    }
}

/// Where a scope's request comes from.
enum ScopedRequest: Sendable {
    case told(Flycatcher.Request)
    case observed(@Sendable () -> Flycatcher.ObservedRequest)
}
