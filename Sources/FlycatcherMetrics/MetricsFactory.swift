// The metrics backend that sends what an app and its libraries measure.

#if Metrics
    public import CoreMetrics
    public import Flycatcher

    extension Flycatcher {
        /// Sends the measurements of swift-metrics.
        ///
        /// ```swift
        /// MetricsSystem.bootstrap(Flycatcher.MetricsFactory())
        /// ```
        ///
        /// Counters and meters, however often they change, are one measurement each with every batch, at most every
        /// five seconds: what a counter has grown by, where a meter stands. Recorders and timers send each value.
        /// Dimensions become attributes.
        public struct MetricsFactory: CoreMetrics.MetricsFactory {
            /// Makes the backend.
            public init() {}

            /// Makes a counter.
            public func makeCounter(
                label: String, dimensions: [(String, String)]
            ) -> any CounterHandler {
                TalliedCounter(Tally(label, .counter, dimensions))
            }

            /// Makes a counter of fractions.
            public func makeFloatingPointCounter(
                label: String, dimensions: [(String, String)]
            ) -> any FloatingPointCounterHandler {
                TalliedCounter(Tally(label, .counter, dimensions))
            }

            /// Makes a meter, which is a gauge.
            public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
                TalliedMeter(Tally(label, .gauge, dimensions))
            }

            /// Makes a recorder, which is a distribution when it aggregates and a gauge when not.
            public func makeRecorder(
                label: String, dimensions: [(String, String)], aggregate: Bool
            ) -> any RecorderHandler {
                aggregate
                    ? Distribution(label, dimensions, unit: nil)
                    : TalliedMeter(Tally(label, .gauge, dimensions))
            }

            /// Makes a timer, which is a distribution of nanoseconds.
            public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
                Distribution(label, dimensions, unit: "nanosecond")
            }

            /// Does nothing: what was counted is sent with the next batch.
            public func destroyCounter(_ handler: any CounterHandler) {}
            /// Does nothing: what was counted is sent with the next batch.
            public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
            /// Does nothing: what was measured is sent with the next batch.
            public func destroyMeter(_ handler: any MeterHandler) {}
            /// Does nothing: what was measured is sent with the next batch.
            public func destroyRecorder(_ handler: any RecorderHandler) {}
            /// Does nothing: what was measured is sent with the next batch.
            public func destroyTimer(_ handler: any TimerHandler) {}
        }
    }
#endif
