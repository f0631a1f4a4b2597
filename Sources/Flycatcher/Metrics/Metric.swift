// One measurement.

public import FlycatcherWire

extension Flycatcher {
    /// A number that an app measured, at one moment.
    public struct Metric: Hashable, Sendable {
        /// How measurements of one name are put together.
        public enum Kind: String, CaseIterable, Sendable {
            /// They are added up.
            case counter
            /// The newest counts.
            case gauge
            /// Their spread is what matters: percentiles, extremes, mean.
            case distribution
        }

        /// When it was measured.
        public var timestamp: Timestamp
        /// What was measured, in words with dots, such as `orders.shipped`.
        public var name: String
        /// How it is put together with others.
        public var kind: Kind
        /// The number.
        public var value: Double
        /// What the number counts: `nanosecond`, `millisecond`, `byte`, `percent`, or a word of your own.
        public var unit: String?
        /// What it is broken down by: texts, numbers, truth values, and lists of one of these.
        public var attributes: [String: JSONValue]
        /// The trace during which it was measured, 32 hex digits.
        public var traceID: String?
        /// The span during which it was measured, 16 hex digits.
        public var spanID: String?

        var inherited = InheritedAttributes()
        /// Where the value is read when it is sent.
        var tally: Tally?

        /// Makes a measurement, of this moment unless another is given.
        public init(
            _ name: String, _ kind: Kind, _ value: Double, unit: String? = nil,
            attributes: [String: JSONValue] = [:], timestamp: Timestamp? = nil
        ) {
            self.timestamp = timestamp ?? .now
            self.name = name
            self.kind = kind
            self.value = value
            self.unit = unit
            self.attributes = attributes
        }
    }
}
