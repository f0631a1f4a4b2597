// Tests the figures and how they are written.

import Model
import Testing

@testable import FlycatcherServer

@Suite struct ServerMetricsTests {
    @Test func `readings add up`() {
        let metrics = ServerMetrics()
        var reading = IngestReading()
        reading.status = 200
        reading.nanoseconds = 2_000_000
        reading.stored = 1
        reading.receivedBytes = 10
        reading.stepNanoseconds = [1000, 500]
        reading.recordDrop("invalid_json")

        metrics.record(reading)
        metrics.record(reading)

        let figures = metrics.snapshot
        #expect(figures.requestsByStatus == [200: 2])
        #expect(figures.stored == 2)
        #expect(figures.receivedBytes == 20)
        #expect(figures.drops == ["invalid_json": 2])
        #expect(figures.steps.map(\.count) == [2, 2])
        #expect(figures.steps.map(\.nanoseconds) == [2000, 1000])
    }

    @Test func `distinct words are bounded`() {
        let metrics = ServerMetrics()
        for index in 0..<1000 {
            var reading = IngestReading()
            reading.recordDrop("reason\(index)")
            metrics.record(reading)
        }

        let drops = metrics.snapshot.drops
        #expect(drops.count <= ServerMetrics.maximumWords + 1)
        #expect(drops["other"] == 1000 - ServerMetrics.maximumWords)
    }

    @Test func `a histogram counts every duration up to its bound`() {
        var histogram = Histogram()
        for duration: UInt64 in [1, 500_000, 500_001, 3_000_000, 60_000_000_000] { histogram.add(duration) }

        #expect(histogram.count == 5)
        #expect(Array(histogram.buckets.prefix(4)) == [2, 1, 0, 1])
        #expect(histogram.buckets.reduce(0, +) == 4)
    }

    @Test func `the text is what Prometheus reads`() throws {
        var figures = ServerMetrics.Figures()
        var reading = IngestReading()
        reading.status = 200
        reading.nanoseconds = 3_000_000
        reading.recordDrop("odd \"name\"\\")
        reading.stepNanoseconds = [1_500_000_000]
        figures.add(reading)

        let text = MetricsText(figures, retention: .init(), process: ProcessFigures(), totals: nil)
            .description

        let sample = /[a-z_]+(\{[a-z]+="([^"\\\n]|\\.)*"\})? [0-9.e+-]+/
        for line in text.split(separator: "\n") where !line.hasPrefix("# ") {
            #expect(line.wholeMatch(of: sample) != nil, "\(line)")
        }
        #expect(text.contains(#"flycatcher_ingest_request_seconds_bucket{le="0.0025"} 0"# + "\n"))
        #expect(text.contains(#"flycatcher_ingest_request_seconds_bucket{le="0.005"} 1"# + "\n"))
        #expect(text.contains(#"flycatcher_ingest_request_seconds_bucket{le="+Inf"} 1"# + "\n"))
        #expect(text.contains(#"flycatcher_drops_total{reason="odd \"name\"\\"} 1"# + "\n"))
        #expect(text.contains(#"flycatcher_pipeline_step_seconds_sum{step="parse"} 1.5"# + "\n"))
        #expect(text.contains("flycatcher_store_events") == false)
        #expect(text.hasSuffix("\n"))
    }

    @Test func `the process knows what it takes`() {
        let figures = ProcessFigures()

        #expect(figures.cpuNanoseconds > 0)
        #expect((figures.openFileCount ?? 1) > 0)
        #if os(Linux)
            #expect((figures.residentBytes ?? 0) > 1_000_000)
        #endif
    }
}
