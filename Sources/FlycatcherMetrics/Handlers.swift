// The counters, meters, recorders and timers behind those that an app holds.

#if Metrics
    import CoreMetrics
    import Flycatcher

    /// Adds up.
    final class TalliedCounter: CounterHandler, FloatingPointCounterHandler {
        private let tally: Flycatcher.Tally

        init(_ tally: Flycatcher.Tally) {
            self.tally = tally
        }

        func increment(by amount: Int64) { tally.add(Double(amount)) }
        func increment(by amount: Double) { tally.add(amount) }

        /// Nothing to do: what is sent is the growth, which begins at nothing each time.
        func reset() {}
    }

    /// Remembers where something stands.
    final class TalliedMeter: MeterHandler, RecorderHandler {
        private let tally: Flycatcher.Tally

        init(_ tally: Flycatcher.Tally) {
            self.tally = tally
        }

        func set(_ value: Int64) { tally.set(Double(value)) }
        func set(_ value: Double) { tally.set(value) }
        func increment(by amount: Double) { tally.add(amount) }
        func decrement(by amount: Double) { tally.add(-amount) }
        func record(_ value: Int64) { tally.set(Double(value)) }
        func record(_ value: Double) { tally.set(value) }
    }

    /// Sends each value.
    final class Distribution: RecorderHandler, TimerHandler {
        private let name: String
        private let unit: String?
        private let attributes: [String: Flycatcher.JSONValue]

        init(_ name: String, _ dimensions: [(String, String)], unit: String?) {
            self.name = name
            self.unit = unit
            attributes = .init(dimensions: dimensions)
        }

        func record(_ value: Int64) { send(Double(value)) }
        func record(_ value: Double) { send(value) }
        func recordNanoseconds(_ duration: Int64) { send(Double(duration)) }

        private func send(_ value: Double) {
            Flycatcher.metrics.distribution(name, value, unit: unit, attributes: attributes)
        }
    }

    extension Flycatcher.Tally {
        convenience init(
            _ name: String, _ kind: Flycatcher.Metric.Kind, _ dimensions: [(String, String)]
        ) {
            self.init(Flycatcher.Metric(name, kind, 0, attributes: .init(dimensions: dimensions)))
        }
    }

    extension [String: Flycatcher.JSONValue] {
        fileprivate init(dimensions: [(String, String)]) {
            self.init(dimensions.map { ($0, .string($1)) }) { _, last in last }
            self["sentry.origin"] = "auto.metrics.swift_metrics"
        }
    }
#endif
