// What the caller's thread notes down when something is captured; the rest is done elsewhere.

import FlycatcherWire

/// Everything an event needs that must be read at the moment of capture.
struct Capture: Sendable {
    enum Content: Sendable {
        /// The mechanism says who noticed the error, when it was not the app.
        case error(any Error, Flycatcher.Mechanism? = nil)
        case message(String, Flycatcher.Level?)
        case event(Flycatcher.Event)

        /// Whether the place of the capture explains something.
        var wantsStack: Bool {
            if case .event = self { false } else { true }
        }
    }

    let id: EventID
    let capturedAt: Timestamp
    let content: Content
    /// The most specific first.
    let scopes: [ScopeData]
    let stack: CallStack?

    /// What goes with it, that of the outermost scope first.
    var attachments: [Flycatcher.Attachment] {
        scopes.reversed().flatMap(\.attachments)
    }

    init(content: Content, scopes: [ScopeData], stack: CallStack?) {
        if case .event(let event) = content { id = event.id } else { id = EventID() }
        capturedAt = .now
        self.content = content
        self.scopes = scopes
        self.stack = stack
    }
}
