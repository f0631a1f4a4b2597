// What is known about a trace when it is decided whether to send it.

extension Flycatcher {
    /// What ``Options/tracesSampler`` decides by.
    public struct TraceSamplingContext: Sendable {
        /// The name of the transaction, such as `GET /orders/:id`.
        public var name: String
        /// The kind of operation, such as `http.server`.
        public var operation: String
        /// Where the name comes from.
        public var source: TransactionSource
        /// Whether the service that called this one sends its part of the trace; nil when it did not say.
        public var isParentSampled: Bool?
        /// The share by which that service decided.
        public var parentSampleRate: Double?
        /// What the app passed along when it started the transaction.
        public var custom: [String: JSONValue]

        /// Describes a transaction that begins.
        public init(
            name: String, operation: String, source: TransactionSource = .custom,
            isParentSampled: Bool? = nil,
            parentSampleRate: Double? = nil, custom: [String: JSONValue] = [:]
        ) {
            self.name = name
            self.operation = operation
            self.source = source
            self.isParentSampled = isParentSampled
            self.parentSampleRate = parentSampleRate
            self.custom = custom
        }
    }

    /// Where the name of a transaction comes from, which says how well it groups.
    public enum TransactionSource: String, Hashable, Sendable {
        /// The app chose it.
        case custom
        /// A URL, with all that varies in it.
        case url
        /// The pattern of a route.
        case route
        /// The name of a page.
        case view
        /// The name of a function or component.
        case component
        /// The name of a job.
        case task
    }
}
