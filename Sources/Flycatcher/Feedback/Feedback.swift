// What a user says about the app.

public import FlycatcherWire

extension Flycatcher {
    /// Words of a user, on their own or about an event.
    public struct Feedback: Hashable, Sendable {
        /// What the user says, up to 4096 bytes.
        public var message: String
        /// What the user is called; that of the scope's user when unset.
        public var name: String?
        /// Where to answer; the address of the scope's user when unset.
        public var contactEmail: String?
        /// The page or screen that it is about.
        public var url: String?
        /// The event that it is about.
        public var associatedEventID: EventID?

        /// Notes what a user says.
        public init(
            _ message: String, name: String? = nil, contactEmail: String? = nil, url: String? = nil,
            associatedEventID: EventID? = nil
        ) {
            self.message = message
            self.name = name
            self.contactEmail = contactEmail
            self.url = url
            self.associatedEventID = associatedEventID
        }
    }
}

extension Flycatcher.Event {
    /// What a user says, where the event carries that; see ``Flycatcher/Options/beforeSendFeedback``.
    public var feedback: Flycatcher.Feedback? {
        get { contexts["feedback"].flatMap(Flycatcher.Feedback.init(context:)) }
        set { contexts["feedback"] = newValue?.context }
    }
}

extension Flycatcher.Feedback {
    static let maximumMessageBytes = 4096

    /// The form in which an event carries it (protocol section 15).
    fileprivate var context: [String: Flycatcher.JSONValue] {
        var fields: [String: Flycatcher.JSONValue] = [
            "message": .string(message.truncated(to: Self.maximumMessageBytes))
        ]
        fields["name"] = name.map { .string($0) }
        fields["contact_email"] = contactEmail.map { .string($0) }
        fields["url"] = url.map { .string($0) }
        fields["associated_event_id"] = associatedEventID.map { .string($0.description) }
        return fields
    }

    fileprivate init?(context: [String: Flycatcher.JSONValue]) {
        func text(_ name: String) -> String? {
            if case .string(let text) = context[name] { text } else { nil }
        }
        guard let message = text("message") else { return nil }
        self.init(
            message, name: text("name"), contactEmail: text("contact_email"), url: text("url"),
            associatedEventID: text("associated_event_id").flatMap { EventID($0) })
    }
}
