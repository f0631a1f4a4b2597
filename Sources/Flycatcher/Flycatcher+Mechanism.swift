// What code between the app and the SDK reports: a web framework's middleware, a service group.

extension Flycatcher {
    /// Reports an error that something between the app and the SDK has noticed.
    ///
    /// For those who connect a framework to the SDK; the integrations that come with it use it too.
    ///
    /// - Parameters:
    ///   - error: the error as it was caught, unchanged.
    ///   - mechanism: who noticed it (`auto.http.framework`), and whether the app had dealt with it.
    /// - Returns: the identity under which the event is found; all zeros while the SDK is off.
    @discardableResult
    public static func capture(error: any Error, mechanism: Mechanism) -> EventID {
        ActiveClient.current?.capture(.error(error, mechanism)) ?? .none
    }
}
