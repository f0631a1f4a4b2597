// Proves what becomes of measurements that are made with swift-metrics.

import CoreMetrics
import Flycatcher
import FlycatcherMetrics
import Testing

extension SDKTests.Doors {
    @Suite struct Measurements {
        private let sdk = SDKTests()
        private let factory = Flycatcher.MetricsFactory()

        /// The measurements that arrive while `body` runs, in order, and how many items there were.
        private func metrics(
            _ configure: (inout Flycatcher.Options) -> Void = { _ in }, _ body: () throws -> Void
        ) throws -> (metrics: [JSON], items: Int) {
            let server = try CaptureServer()
            defer { server.stop() }
            try sdk.withSDK(server, configure, body)
            let items = try server.payloads(of: "trace_metric")
            return (items.flatMap { $0["items"].list }, items.count)
        }

        @Test func `a counter that grows often is one measurement, and none when it rests`() throws {
            let (metrics, _) = try metrics {
                let counter = Counter(label: "hits", dimensions: [("path", "/")], factory: factory)
                for _ in 0..<10_000 { counter.increment(by: 2) }
                Flycatcher.flush()
                Flycatcher.flush()
                counter.increment()
            }

            #expect(metrics.map { $0["value"].number } == [20_000, 1])
            #expect(metrics.allSatisfy { $0["type"].text == "counter" })
            #expect(metrics[0]["attributes"]["path"]["value"].text == "/")
        }

        @Test func `a meter is a gauge that stays where it is`() throws {
            let (metrics, _) = try metrics {
                let meter = Meter(label: "open", factory: factory)
                meter.set(5)
                Flycatcher.flush()
                meter.increment(by: 3)
                meter.decrement(by: 1)
            }

            #expect(metrics.map { $0["value"].number } == [5, 7])
            #expect(metrics.allSatisfy { $0["type"].text == "gauge" })
        }

        @Test func `recorders and timers send each value`() throws {
            let (metrics, _) = try metrics {
                let recorder = Recorder(label: "size", factory: factory)
                recorder.record(10)
                recorder.record(2.5)
                Timer(label: "time", factory: factory).recordNanoseconds(1500)
            }

            #expect(metrics.map { $0["value"].number } == [10, 2.5, 1500])
            #expect(metrics.allSatisfy { $0["type"].text == "distribution" })
            #expect(metrics[2]["unit"].text == "nanosecond")
        }

        @Test func `a recorder that does not aggregate is a gauge`() throws {
            let (metrics, _) = try metrics {
                let recorder = Recorder(label: "size", dimensions: [], aggregate: false, factory: factory)
                recorder.record(10)
                recorder.record(4)
            }

            #expect(metrics.map { $0["value"].number } == [4])
            #expect(metrics.map { $0["type"].text } == ["gauge"])
        }
    }
}
