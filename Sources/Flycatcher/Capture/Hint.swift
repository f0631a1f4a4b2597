// What an event was made of, for hooks to decide by.

extension Flycatcher {
    /// What a hook is told beside the event.
    public struct Hint: Sendable {
        /// The error that was captured; nil for messages, and for events of the app's own making.
        public let error: (any Error)?
        /// What is attached to it.
        public let attachments: [Attachment]

        /// Says what an event was made of.
        public init(error: (any Error)? = nil, attachments: [Attachment] = []) {
            self.error = error
            self.attachments = attachments
        }
    }
}
