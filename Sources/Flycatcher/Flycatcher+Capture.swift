// What an app reports: errors, messages, events of its own making.

extension Flycatcher {
    /// Reports an error together with its causes, where it was captured and what the scopes know.
    ///
    /// Takes any error as it was caught, and is not generic: passing it on unchanged keeps it recognisable.
    ///
    /// - Returns: the identity under which the event is found; all zeros while the SDK is off.
    @discardableResult
    public static func capture(error: any Error) -> EventID {
        ActiveClient.current?.capture(.error(error)) ?? .none
    }

    /// Reports a text.
    ///
    /// - Parameters:
    ///   - message: what happened. Equal texts are one issue, so keep numbers and names in tags or extra.
    ///   - level: how bad it is; the scope's level, else ``Level/info``, when left out.
    /// - Returns: the identity under which the event is found; all zeros while the SDK is off.
    @discardableResult
    public static func capture(message: String, level: Level? = nil) -> EventID {
        ActiveClient.current?.capture(.message(message, level)) ?? .none
    }

    /// Reports an event that the app has put together; what it leaves unset is filled from the scopes.
    ///
    /// - Returns: the event's own identity; all zeros while the SDK is off.
    @discardableResult
    public static func capture(event: Event) -> EventID {
        ActiveClient.current?.capture(.event(event)) ?? .none
    }
}
