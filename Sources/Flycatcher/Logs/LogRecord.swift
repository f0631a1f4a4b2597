// A line of a log, with its values kept apart.

public import FlycatcherWire

extension Flycatcher {
    /// Something that an app logged: sent as it is and searched by its attributes, but never an issue.
    public struct LogRecord: Hashable, Sendable {
        /// When it was logged.
        public var timestamp: Timestamp
        /// How loud it is.
        public var level: LogLevel
        /// The level as a number from 1 to 24, for levels between those that have a name.
        public var severityNumber: Int
        /// The text.
        public var body: String
        /// What it is searched by: texts, numbers, truth values, and lists of one of these.
        public var attributes: [String: JSONValue]
        /// The trace during which it was logged, 32 hex digits.
        public var traceID: String?
        /// The span during which it was logged, 16 hex digits.
        public var spanID: String?

        var inherited = InheritedAttributes()

        /// Makes a record, of this moment unless another is given.
        public init(
            _ message: Message, level: LogLevel = .info, attributes: [String: JSONValue] = [:],
            timestamp: Timestamp? = nil
        ) {
            self.timestamp = timestamp ?? .now
            self.level = level
            severityNumber = level.severityNumber
            body = message.formatted
            self.attributes = attributes
            guard let template = message.template, !message.parameters.isEmpty else { return }
            self.attributes["sentry.message.template"] = .string(template)
            for (index, parameter) in message.parameters.enumerated() {
                self.attributes["sentry.message.parameter.\(index)"] = .string(parameter)
            }
        }
    }
}
