// A step on the way to an event.

public import FlycatcherWire

extension Flycatcher {
    /// Something that happened before an event and may explain it.
    public struct Breadcrumb: Hashable, Sendable {
        /// When it happened.
        public var timestamp: Timestamp
        /// How it is shown: `default`, `http`, `navigation`, `query`, `user` and others.
        public var type: String
        /// Where it comes from, in words with dots, such as `db.query`.
        public var category: String?
        /// What happened.
        public var message: String?
        /// How bad it was.
        public var level: Level
        /// What else is known about it.
        public var data: [String: JSONValue]

        /// Notes a step, happening now unless another moment is given.
        public init(
            _ message: String? = nil, category: String? = nil, level: Level = .info, type: String = "default",
            data: [String: JSONValue] = [:], timestamp: Timestamp? = nil
        ) {
            self.timestamp = timestamp ?? .now
            self.type = type
            self.category = category
            self.message = message
            self.level = level
            self.data = data
        }
    }
}
