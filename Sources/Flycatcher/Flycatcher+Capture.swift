// What an app reports: errors, messages, events of its own making.

extension Flycatcher {
    /// Reports an error together with its causes, where it was captured and what the scopes know.
    ///
    /// Pass the error on as it was caught, in an `any Error`: that keeps it recognisable. The same error, captured
    /// again within a minute in the same request or job or by what is around it, is sent once: the later capture
    /// adds what its scopes know, as long as the first still waits, and returns the first's identity. The same means
    /// the same object, not an equal one. A value that is caught with its concrete type (`catch let error as
    /// OrderError`) and thrown again is a new object, and so is an error that wraps another.
    /// ``Options/dedupe`` turns that off.
    ///
    /// ```swift
    /// Flycatcher.capture(error: error) { scope in
    ///     scope.setTag("tenant", to: "acme")
    /// }
    /// ```
    ///
    /// - Parameters:
    ///   - error: the error.
    ///   - mechanism: who noticed it and whether it was handled, for integrations: `auto.http.hummingbird`. When left
    ///     out it was the app, which has caught it.
    ///   - configure: changes the scope for this report alone.
    /// - Returns: the identity under which the event is found; all zeros while the SDK is off.
    @discardableResult
    public static func capture(
        error: any Error, mechanism: Mechanism? = nil,
        scope configure: ((Scope) -> Void)? = nil
    ) -> EventID {
        ActiveClient.current?.capture(.error(error, mechanism), configure) ?? .none
    }

    /// Reports the error that was thrown last, for where it has no name: in `catch SomeError.some`, in a `defer`, in a
    /// closure that is only told that something failed.
    ///
    /// It is the error that this task, or outside of tasks this thread, has thrown last within five seconds, or thrown on.
    /// Not found, because nothing tells that it was thrown, are: an error that lives no longer; one that another task or
    /// thread has thrown and this one has only been handed; one of a type that ``Options/unrecordedThrows`` names; one
    /// that a function with `throws(SomeError)` has thrown, unless it was thrown on as `any Error`; and all while
    /// ``Options/recordThrows`` is off, and on Apple's systems. When there is none nothing is reported, and the zero
    /// identity is returned. Where the error has a name, ``capture(error:mechanism:scope:)`` is always right.
    ///
    /// ```swift
    /// do { try checkOut(cart) } catch { Flycatcher.capture() }
    /// ```
    ///
    /// - Parameter configure: changes the scope for this report alone.
    /// - Returns: the identity under which the event is found; all zeros when there is no such error, and while the SDK
    ///   is off.
    @discardableResult
    public static func capture(scope configure: ((Scope) -> Void)? = nil) -> EventID {
        guard let client = ActiveClient.current else { return .none }
        guard let error = ThrowContext.here.lastThrown(within: ThrowRecording.memory) else {
            client.settings.diagnostics.note("capture() found no error that was thrown here lately")
            return .none
        }
        return client.capture(.error(error, nil), configure)
    }

    /// Reports a text.
    ///
    /// - Parameters:
    ///   - message: what happened. Equal texts are one issue, so keep numbers and names in tags or extra.
    ///   - level: how bad it is; the scope's level, else ``Level/info``, when left out.
    ///   - configure: changes the scope for this report alone.
    /// - Returns: the identity under which the event is found; all zeros while the SDK is off.
    @discardableResult
    public static func capture(
        message: String, level: Level? = nil, scope configure: ((Scope) -> Void)? = nil
    ) -> EventID {
        ActiveClient.current?.capture(.message(Message(message), level), configure) ?? .none
    }

    /// Reports a text that is made of a template: all that were made of the same one are one issue.
    ///
    /// ```swift
    /// Flycatcher.capture(message: "no stock of %@ in %@", parameters: [item, warehouse], level: .warning)
    /// ```
    ///
    /// - Parameters:
    ///   - template: the text, with `%@`, `%s` or `%d` wherever a parameter belongs and `%%` for a percent sign.
    ///   - parameters: what is filled in, in this order, however each of them describes itself.
    ///   - level: how bad it is; the scope's level, else ``Level/info``, when left out.
    ///   - configure: changes the scope for this report alone.
    /// - Returns: the identity under which the event is found; all zeros while the SDK is off.
    @discardableResult
    public static func capture(
        message template: String, parameters: [any CustomStringConvertible], level: Level? = nil,
        scope configure: ((Scope) -> Void)? = nil
    ) -> EventID {
        guard let client = ActiveClient.current else { return .none }
        let message = Message(template: template, parameters: parameters.map(\.description))
        return client.capture(.message(message, level), configure)
    }

    /// Reports an event that the app has put together; what it leaves unset is filled from the scopes.
    ///
    /// - Parameters:
    ///   - event: the event.
    ///   - configure: changes the scope for this report alone.
    /// - Returns: the event's own identity; all zeros while the SDK is off.
    @discardableResult
    public static func capture(event: Event, scope configure: ((Scope) -> Void)? = nil) -> EventID {
        ActiveClient.current?.capture(.event(event), configure) ?? .none
    }

    /// The event that was captured last in this request or job; nil when there was none.
    public static var lastEventID: EventID? {
        Scopes.here.isolation.lastEventID
    }
}
