// Proves how measurements travel.

import Flycatcher
import Testing

extension SDKTests {
    @Suite struct Measurements {
        private let sdk = SDKTests()

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

        @Test func `a measurement has moment, trace, name, type, value, unit and attributes`() throws {
            let (metrics, _) = try metrics {
                Flycatcher.metrics.count("orders.shipped", attributes: ["carrier": "post"])
                Flycatcher.metrics.gauge("queue.depth", 7)
                Flycatcher.metrics.distribution("checkout.duration", 187.5, unit: "millisecond")
            }

            #expect(
                metrics.map { $0["name"].text } == ["orders.shipped", "queue.depth", "checkout.duration"])
            #expect(metrics.map { $0["type"].text } == ["counter", "gauge", "distribution"])
            #expect(metrics.map { $0["value"].number } == [1, 7, 187.5])
            #expect(metrics.allSatisfy { $0["trace_id"].text?.count == 32 })
            #expect(metrics.allSatisfy { $0["timestamp"].number ?? 0 > 1_700_000_000 })
            #expect(metrics[2]["unit"].text == "millisecond")
            #expect(metrics[0]["attributes"]["carrier"]["value"].text == "post")
            #expect(metrics[0]["attributes"]["sentry.environment"]["value"].text == "production")
        }

        @Test func `an item has a hundred measurements at most`() throws {
            let (metrics, items) = try metrics {
                for number in 0..<250 { Flycatcher.metrics.gauge("n", Double(number)) }
            }

            #expect((3...6).contains(items))
            #expect(metrics.map { $0["value"].number } == (0..<250).map { Double($0) })
        }

        @Test func `beforeSendMetric changes and drops measurements`() throws {
            let (metrics, _) = try metrics {
                $0.beforeSendMetric = { metric in
                    var metric = metric
                    metric.name = "shop.\(metric.name)"
                    return metric.value > 1 ? metric : nil
                }
            } _: {
                Flycatcher.metrics.count("a")
                Flycatcher.metrics.count("b", 2)
            }

            #expect(metrics.map { $0["name"].text } == ["shop.b"])
        }

        @Test func `nothing is measured where measurements are off`() throws {
            let (metrics, _) = try metrics {
                $0.enableMetrics = false
            } _: {
                Flycatcher.metrics.count("a")
            }

            #expect(metrics.isEmpty)
        }

        @Test func `what is no number is not sent`() throws {
            let (metrics, _) = try metrics {
                Flycatcher.metrics.gauge("a", .nan)
                Flycatcher.metrics.gauge("b", 1)
            }

            #expect(metrics.map { $0["name"].text } == ["b"])
        }
    }
}
