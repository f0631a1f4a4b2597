// What may be said about a transaction when it begins.

extension Flycatcher {
    /// How a transaction is begun, beyond its name and kind.
    public struct TransactionOptions: Sendable {
        /// Where the name comes from.
        public var source: TransactionSource
        /// Who records it: `manual`, or `auto.` and the name of an integration.
        public var origin: String
        /// Whether it is sent; nil leaves it to sampler, caller and rate.
        public var isSampled: Bool?
        /// What ``Options/tracesSampler`` may want to know.
        public var samplingData: [String: JSONValue]

        /// Says what is other than usual.
        public init(
            source: TransactionSource = .custom, origin: String = "manual", isSampled: Bool? = nil,
            samplingData: [String: JSONValue] = [:]
        ) {
            self.source = source
            self.origin = origin
            self.isSampled = isSampled
            self.samplingData = samplingData
        }
    }
}
