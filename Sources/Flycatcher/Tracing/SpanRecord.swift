// A finished span, as a value.

public import FlycatcherWire

extension Flycatcher {
    /// The identity of a trace; `"\(id)"` is its 32 hex digits.
    public typealias TraceID = FlycatcherWire.TraceID
    /// The identity of a span; `"\(id)"` is its 16 hex digits.
    public typealias SpanID = FlycatcherWire.SpanID

    /// An operation that is over: what it was, when it began and ended, and how.
    public struct SpanRecord: Hashable, Sendable {
        /// The trace that it belongs to.
        public let traceID: TraceID
        /// Its own identity.
        public let spanID: SpanID
        /// The operation that it was a part of.
        public let parentSpanID: SpanID?
        /// The kind of operation, such as `db.query`.
        public var operation: String
        /// What it did, in words that are the same each time, such as `SELECT * FROM orders WHERE id = ?`.
        public var description: String?
        /// How it ended; nil when nobody said.
        public var status: SpanStatus?
        /// Who recorded it: `manual`, or `auto.` and the name of an integration.
        public var origin: String
        /// When it began.
        public var startedAt: Timestamp
        /// When it ended, never before it began.
        public var endedAt: Timestamp
        /// Searchable names and values.
        public var tags: [String: String]
        /// What else is known about it, under the names of OpenTelemetry where there is one.
        public var data: [String: JSONValue]
    }
}
