// What is still sent when the server wants less.

import FlycatcherWire
import Foundation
import Testing

@testable import Flycatcher

extension SDKTests {
    @Suite struct RateLimiting {
        let sdk = SDKTests()

        @Test func `after 429 with Retry-After nothing is sent for that long, and then again`() throws {
            let server = try CaptureServer([.answer(status: 429, headers: ["Retry-After": "1"])])
            defer { server.stop() }
            var pause = Duration.zero
            try sdk.withSDK(server) {
                Flycatcher.capture(message: "limited")
                Flycatcher.flush(timeout: .seconds(10))
                pause = try ContinuousClock().measure {
                    try waitUntil {
                        Flycatcher.capture(message: "again")
                        Flycatcher.flush(timeout: .seconds(10))
                        return server.requests.count > 1
                    }
                }
            }

            #expect(pause > .milliseconds(800))
        }

        @Test(arguments: [[:], ["Retry-After": "soon"], ["X-Sentry-Rate-Limits": "60::organization"]])
        func `429 on everything silences everything`(headers: [String: String]) throws {
            let server = try CaptureServer([.answer(status: 429, headers: headers)])
            defer { server.stop() }
            try sdk.withSDK(server) {
                Flycatcher.capture(message: "limited")
                Flycatcher.flush(timeout: .seconds(10))
                Flycatcher.capture(message: "held back")
                send(.session)
            }

            #expect(server.requests.count == 1)
        }

        @Test(arguments: [200, 429])
        func `a limit on errors lets sessions through`(status: Int) throws {
            let headers = ["X-Sentry-Rate-Limits": "60:error:key", "Retry-After": "60"]
            let server = try CaptureServer([.answer(status: status, headers: headers)])
            defer { server.stop() }
            try sdk.withSDK(server) {
                Flycatcher.capture(message: "the answer limits errors")
                Flycatcher.flush(timeout: .seconds(10))
                Flycatcher.capture(message: "held back")
                send(.session)
            }

            #expect(try server.events.count == 1)
            #expect(try server.payloads(of: "session").count == 1)
            #expect(try server.losses == ["ratelimit_backoff error": 1])
        }

        @Test func `a limit on unknown things limits nothing`() throws {
            let headers = ["X-Sentry-Rate-Limits": "60:foo;bar:key", "Retry-After": "60"]
            let server = try CaptureServer(.answer(status: 429, headers: headers))
            defer { server.stop() }
            try sdk.withSDK(server) {
                for _ in 0..<3 {
                    Flycatcher.capture(message: "x")
                    Flycatcher.flush(timeout: .seconds(10))
                }
            }

            #expect(try server.events.count == 3)
        }

        @Test func `what the server rejects with 429 is not counted by the client`() throws {
            let server = try CaptureServer(
                .answer(status: 429, headers: ["X-Sentry-Rate-Limits": "60:foo:key"]))
            defer { server.stop() }
            try sdk.withSDK(server) { Flycatcher.capture(message: "x") }

            #expect(server.requests.count == 1)
        }

        @Test func `limits are the server's that set them`() throws {
            let limiting = try CaptureServer(.answer(status: 429, headers: ["Retry-After": "3600"]))
            let other = try CaptureServer()
            defer { for server in [limiting, other] { server.stop() } }
            try sdk.withSDK(limiting) { Flycatcher.capture(message: "limited") }

            try sdk.withSDK(other) { Flycatcher.capture(message: "arrives") }

            #expect(try other.events.count == 1)
        }

        @Test func `a limited event takes its attachments along, and leaves what is not its own`() throws {
            let server = try CaptureServer([
                .answer(status: 200, headers: ["X-Sentry-Rate-Limits": "60:error:key"])
            ])
            defer { server.stop() }
            try sdk.withSDK(server) {
                Flycatcher.capture(message: "the answer limits errors")
                Flycatcher.flush(timeout: .seconds(10))
                send(.error, .attachment, .session)
            }

            let items = try server.requests.map { try $0.envelope.items.map(\.header.type) }
            #expect(items.count == 2)
            #expect(items.last?.contains("event") == false)
            #expect(items.last?.contains("attachment") == false)
            #expect(items.last?.contains("session") == true)
            #expect(
                try server.losses == [
                    "ratelimit_backoff error": 1, "ratelimit_backoff attachment": 3,
                    "ratelimit_backoff attachment_item": 1,
                ])
        }

        @Test func `limited attachments leave their event`() throws {
            let headers = ["X-Sentry-Rate-Limits": "60:attachment:key"]
            let server = try CaptureServer([.answer(status: 200, headers: headers)])
            defer { server.stop() }
            try sdk.withSDK(server) {
                Flycatcher.capture(message: "the answer limits attachments")
                Flycatcher.flush(timeout: .seconds(10))
                send(.error, .attachment)
            }

            let types = try server.requests.last?.envelope.items.map(\.header.type)
            #expect(types?.first == "event")
            #expect(types?.contains("attachment") == false)
        }

        @Test func `a limit on messages spares errors`() throws {
            let server = try CaptureServer([
                .answer(status: 200, headers: ["X-Sentry-Rate-Limits": "60:default:key"])
            ])
            defer { server.stop() }
            try sdk.withSDK(server) {
                Flycatcher.capture(message: "the answer limits messages")
                Flycatcher.flush(timeout: .seconds(10))
                Flycatcher.capture(message: "held back")
                Flycatcher.capture(error: POSIXError(.EPERM))
            }

            #expect(try server.events.map { $0["exception"].isAbsent } == [true, false])
        }

        /// Sends one parcel with an item of each category.
        private func send(_ categories: DataCategory...) {
            let contents = categories.map { category in
                let type = [.error: "event", .attachment: "attachment"][category] ?? category.rawValue
                let item = EnvelopeItem(
                    header: EnvelopeItemHeader(type: type), payload: .kept(Array("{ }".utf8)))
                var content = Parcel.Content(item, category)
                if category == .attachment {
                    content.isDependent = true
                    content.losses = [Loss(.attachment, 3), Loss(.attachmentItem, 1)]
                }
                return content
            }
            ActiveClient.current?.send(Parcel(priority: .event, eventID: EventID(), contents: contents))
        }
    }
}
