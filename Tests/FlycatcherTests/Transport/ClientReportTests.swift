// What the server is told about what it did not get.

import FlycatcherWire
import Foundation
import Testing

@testable import Flycatcher

extension SDKTests {
    @Suite struct ClientReports {
        let sdk = SDKTests()

        @Test func `losses travel with the next envelope, summed up`() throws {
            let server = try CaptureServer([.answer(status: 500), .answer(status: 503)])
            defer { server.stop() }
            try sdk.withSDK(server) {
                for text in ["lost", "lost too", "arrives"] {
                    Flycatcher.capture(message: text)
                    Flycatcher.flush(timeout: .seconds(10))
                }
            }

            #expect(server.requests.count == 3)
            let report = try #require(try server.requests.last?.envelope.payloads(of: "client_report").first)
            #expect(report["timestamp"].text.flatMap { Timestamp($0) } != nil)
            // The first loss was told with the second envelope, and is not told again.
            #expect(report["discarded_events"].list.count == 1)
            #expect(report["discarded_events"][0]["reason"].text == "send_error")
            #expect(report["discarded_events"][0]["category"].text == "error")
            #expect(report["discarded_events"][0]["quantity"].number == 1)
        }

        @Test func `what was lost last is told on close, in one envelope`() throws {
            let server = try CaptureServer([
                .answer(status: 200, headers: ["X-Sentry-Rate-Limits": "60:error:key"])
            ])
            defer { server.stop() }
            try sdk.withSDK(server) {
                Flycatcher.capture(message: "arrives")
                Flycatcher.flush(timeout: .seconds(10))
                for _ in 0..<100 { Flycatcher.capture(message: "held back") }
            }

            #expect(server.requests.count == 2)
            #expect(try server.losses == ["ratelimit_backoff error": 100])
        }

        @Test func `counts survive when their own envelope does not get through`() throws {
            let server = try CaptureServer([.answer(status: 500)], then: .raw(""))
            defer { server.stop() }
            try sdk.withSDK(server) {
                for text in ["refused", "unanswered"] {
                    Flycatcher.capture(message: text)
                    Flycatcher.flush(timeout: .seconds(10))
                }
                server.behave(.answer(status: 200))
            }

            let last = try #require(try server.payloads(of: "client_report").last?["discarded_events"])
            let reasons = last.list.map { "\($0["reason"]) \($0["quantity"])" }
            #expect(Set(reasons) == ["send_error 1", "network_error 1"])
        }

        @Test func `without client reports nothing is told`() throws {
            let server = try CaptureServer([.answer(status: 500)])
            defer { server.stop() }
            try sdk.withSDK(server) {
                $0.sendClientReports = false
            } _: {
                Flycatcher.capture(message: "lost")
                Flycatcher.flush(timeout: .seconds(10))
                Flycatcher.capture(message: "arrives")
            }

            #expect(server.requests.count == 2)
            #expect(try server.payloads(of: "client_report").isEmpty)
        }

        @Test func `a client does not tell another's losses`() throws {
            let first = try CaptureServer(.answer(status: 500))
            let second = try CaptureServer()
            defer { for server in [first, second] { server.stop() } }
            Flycatcher.start { $0.dsn = first.dsn() }
            Flycatcher.capture(message: "lost")
            Flycatcher.flush(timeout: .seconds(10))

            Flycatcher.start { $0.dsn = second.dsn() }
            Flycatcher.capture(message: "arrives")
            Flycatcher.close(timeout: .seconds(10))
            try waitUntil { (try? first.losses) == ["send_error error": 1] }

            #expect(try second.payloads(of: "client_report").isEmpty)
        }

        @Test func `a report stays below four kilobytes, and tells the rest later`() throws {
            let discards = Discards(Diagnostics())
            for category in DataCategory.allCases {
                for reason in [DiscardReason.internalError, .networkError, .rateLimitBackoff] {
                    discards.record([Loss(category, .max)], reason)
                }
            }

            var sizes: [Int] = []
            var entries = 0
            while let report = ClientReport(draining: discards) {
                sizes.append(report.item(at: .now).byteCount)
                entries += report.counts.count
            }

            #expect(entries == DataCategory.allCases.count * 3)
            #expect(sizes.allSatisfy { $0 < 4096 })
        }
    }
}
