// What an app measures through the SDK directly.

extension Flycatcher {
    /// Takes measurements.
    ///
    /// They are sent a hundred at a time or after five seconds, unless ``Options/enableMetrics`` is off.
    ///
    /// ```swift
    /// Flycatcher.metrics.count("orders.shipped", attributes: ["carrier": "post"])
    /// Flycatcher.metrics.distribution("checkout.duration", 187.5, unit: "millisecond")
    /// ```
    public static let metrics = Metrics()

    /// See ``Flycatcher/metrics``.
    public struct Metrics: Sendable {
        fileprivate init() {}

        /// Adds to a sum.
        public func count(
            _ name: String, _ value: Double = 1, unit: String? = nil, attributes: [String: JSONValue] = [:]
        ) {
            take(name, .counter, value, unit, attributes)
        }

        /// Notes what something amounts to at the moment.
        public func gauge(
            _ name: String, _ value: Double, unit: String? = nil, attributes: [String: JSONValue] = [:]
        ) {
            take(name, .gauge, value, unit, attributes)
        }

        /// Notes one of many values whose spread matters: a duration, a size.
        public func distribution(
            _ name: String, _ value: Double, unit: String? = nil, attributes: [String: JSONValue] = [:]
        ) {
            take(name, .distribution, value, unit, attributes)
        }

        private func take(
            _ name: String, _ kind: Metric.Kind, _ value: Double, _ unit: String?,
            _ attributes: [String: JSONValue]
        ) {
            guard let client = ActiveClient.current, client.metrics != nil else { return }
            client.take(Metric(name, kind, value, unit: unit, attributes: attributes))
        }
    }
}
