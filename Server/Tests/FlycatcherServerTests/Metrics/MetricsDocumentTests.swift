// Tests that docs/metrics.md names what /metrics says, and nothing else.

import Foundation
import Model
import Testing

@testable import FlycatcherServer

@Suite struct MetricsDocumentTests {
    @Test func `every figure is documented, with its kind, and every documented one is there`() async throws {
        let server = try await TestServer()
        server.parts.diskGuard.look()

        let text = try await server.get("/metrics").body

        let written = text.matches(of: /# TYPE (\w+) (\w+)\n/).map { "\($0.1) \($0.2)" }
        let documented = try Self.page().matches(of: /\| `(\w+)` \| (\w+) \|/).map { "\($0.1) \($0.2)" }
        #expect(written.count == Set(written).count)
        #expect(Set(written).symmetricDifference(documented).sorted() == [])
    }

    @Test func `figures count what happens`() async throws {
        let server = try await TestServer()
        let path = "/api/\(server.project.id)/store/?sentry_key=\(server.key.publicKey)"
        try await server.capture(#"{"message":"here"}"#)
        _ = try await server.post(path, "nonsense")
        _ = try await server.post("/api/1/nothing/", "")
        await server.parts.outcomes.flush()

        let text = try await server.get("/metrics").body

        for line in [
            #"flycatcher_ingest_requests_total{status="200"} 1"#, "flycatcher_events_stored_total 1",
            "flycatcher_events_duplicate_total 0", "flycatcher_events_unkept_total 0",
            #"flycatcher_drops_total{reason="bad_compression"} 1"#,
            #"flycatcher_pipeline_step_seconds_count{step="group"} 1"#,
            "flycatcher_queue_bytes 0", "flycatcher_queue_limit_bytes \(64 << 20)",
            "flycatcher_bodies_bytes 0", "flycatcher_events_under_way 0", "flycatcher_events_waiting 0",
            #"flycatcher_outcomes_total{outcome="invalid",category="error",reason="bad_compression"} 1"#,
            #"flycatcher_outcomes_total{outcome="invalid",category="unknown_path",reason="*/nothing"} 1"#,
        ] {
            #expect(text.contains("\(line)\n"), "\(line) in \(text)")
        }
        // The event's transaction, and that of the outcomes.
        #expect(try Self.value("flycatcher_commit_seconds_count", in: text) == 2)
        #expect(try Self.value("flycatcher_commit_orders_sum", in: text) == 2)
        #expect(try Self.value("flycatcher_commit_seconds_sum", in: text) > 0)
        #expect(try Self.value("flycatcher_ingest_received_bytes_total", in: text) > 16)
    }

    private static func value(_ name: String, in text: String) throws -> Double {
        let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("\(name) ") })
        return try #require(Double(line.dropFirst(name.count + 1)))
    }

    private static func page() throws -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        return try String(contentsOf: root.appending(path: "../../../../docs/metrics.md"), encoding: .utf8)
    }
}
