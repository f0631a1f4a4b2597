// What is reported.

public import FlycatcherWire

extension Flycatcher {
    /// One report; build your own for ``Flycatcher/capture(event:scope:)``.
    ///
    /// ```swift
    /// var event = Flycatcher.Event(message: "import finished with gaps", level: .warning)
    /// event.tags["source"] = "crm"
    /// Flycatcher.capture(event: event)
    /// ```
    ///
    /// What is left unset is filled when it is captured: moment, level, release, environment, server name, and
    /// whatever the scopes say. What is set wins over the scopes.
    public struct Event: Hashable, Sendable {
        /// The event's identity.
        public var id: EventID
        /// When it happened; the moment of capture when unset.
        public var timestamp: Timestamp?
        /// How bad it is; the scope's level when unset, else error with exceptions and info without.
        public var level: Level?
        /// What happened, in words.
        public var message: Message?
        /// The error and its causes: the root cause first, what was caught last.
        public var exceptions: [ExceptionValue]
        /// The programs and libraries that the stack traces lead through; found by their addresses when captured.
        public var images: [DebugImage]
        /// The packages that the app was built with, by their versions; what is written down beside it when empty.
        public var modules: [String: String]
        /// The threads of the process and what they were doing.
        public var threads: [ThreadState]
        /// What was recorded before; that of the scopes comes first.
        public var breadcrumbs: [Breadcrumb]
        /// Searchable names and values, each up to 200 characters.
        public var tags: [String: String]
        /// Values of any shape.
        public var extra: [String: JSONValue]
        /// Named groups of values.
        public var contexts: [String: [String: JSONValue]]
        /// For whom the app was at work.
        public var user: User?
        /// The HTTP request that the app was working for.
        public var request: Request?
        /// Which events are one issue; empty leaves it to the server, `{{ default }}` stands for its choice.
        public var fingerprint: [String]
        /// The name of the operation, such as `POST /orders/:id`.
        public var transaction: String?
        /// The name of the logger that reported it.
        public var logger: String?
        /// The version of the app.
        public var release: String?
        /// The build of that version.
        public var dist: String?
        /// Where the app runs.
        public var environment: String?
        /// The name of the machine.
        public var serverName: String?

        /// Begins an event.
        public init(
            message: Message? = nil, exceptions: [ExceptionValue] = [], level: Level? = nil,
            id: EventID = EventID()
        ) {
            self.id = id
            self.level = level
            self.message = message
            self.exceptions = exceptions
            images = []
            modules = [:]
            threads = []
            breadcrumbs = []
            tags = [:]
            extra = [:]
            contexts = [:]
            fingerprint = []
        }
    }
}
