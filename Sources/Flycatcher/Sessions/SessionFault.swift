// What an event means for the session in which it was captured.

/// How much an event says against a session.
enum SessionFault {
    /// It does not count: a message, or an error that is not bad enough.
    case none
    /// An error that was dealt with.
    case error
    /// An error that nobody dealt with.
    case unhandled

    init(_ event: Flycatcher.Event) {
        guard !event.exceptions.isEmpty, event.level ?? .error >= .error else {
            self = .none
            return
        }
        self = event.exceptions.contains { $0.mechanism?.isHandled == false } ? .unhandled : .error
    }
}
