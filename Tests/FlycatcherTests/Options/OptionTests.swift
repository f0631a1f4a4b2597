// The options: defaults, variables, bounds, and what they do.

import Flycatcher
import FlycatcherWire
import Foundation
import Synchronization
import Testing

extension SDKTests {
    @Suite struct OptionsOnTheWire {
        let sdk = SDKTests()

        @Test func `release, dist, environment and server name are on the event, and in the trace header`()
            throws
        {
            let server = try CaptureServer()
            defer { server.stop() }
            try sdk.withSDK(server) {
                $0.release = "shop@1.4.2"
                $0.dist = "77"
                $0.environment = "staging"
                $0.serverName = "web-3"
            } _: {
                Flycatcher.capture(message: "x")
            }

            let envelope = try #require(server.requests.first).envelope
            let event = try #require(try envelope.payloads("event").first)
            #expect(event["release"].text == "shop@1.4.2")
            #expect(event["dist"].text == "77")
            #expect(event["environment"].text == "staging")
            #expect(event["server_name"].text == "web-3")
            #expect(envelope.header.trace["release"] == "shop@1.4.2")
            #expect(envelope.header.trace["environment"] == "staging")
        }

        @Test func `switched off, nothing is reported and no hook runs`() throws {
            let asked = Atomic<Int>(0)
            let server = try CaptureServer()
            defer { server.stop() }
            Flycatcher.start {
                $0.dsn = server.dsn()
                $0.enabled = false
                $0.beforeSend = { event, _ in
                    asked.add(1, ordering: .relaxed); return event
                }
                $0.initialScope = { _ in asked.add(1, ordering: .relaxed) }
            }

            #expect(!Flycatcher.isEnabled)
            #expect(Flycatcher.capture(message: "x") == EventID(value: 0))
            #expect(Flycatcher.close())
            #expect(server.requests.isEmpty)
            #expect(asked.load(ordering: .relaxed) == 0)
        }

        @Test func `after close no hook runs`() throws {
            let asked = Atomic<Int>(0)
            let server = try CaptureServer()
            defer { server.stop() }
            try sdk.withSDK(server) {
                $0.beforeSend = { event, _ in
                    asked.add(1, ordering: .relaxed); return event
                }
                $0.beforeBreadcrumb = { crumb in
                    asked.add(1, ordering: .relaxed); return crumb
                }
            } _: {
            }

            Flycatcher.capture(message: "too late")
            Flycatcher.addBreadcrumb("too late")
            Flycatcher.configureScope { _ in asked.add(1, ordering: .relaxed) }

            #expect(asked.load(ordering: .relaxed) == 0)
        }

        @Test func `the initial scope goes with every event of the process`() throws {
            let server = try CaptureServer()
            defer { server.stop() }
            Flycatcher.start {
                $0.dsn = server.dsn()
                $0.initialScope = { scope in
                    scope.setTag("region", to: "eu")
                    scope.setUser(Flycatcher.User(id: "service"))
                }
            }
            Flycatcher.withIsolationScope { _ in _ = Flycatcher.capture(message: "x") }
            Flycatcher.configureScope(.global) { $0.clear() }
            Flycatcher.close(timeout: .seconds(10))

            let event = try #require(try server.events.first)
            #expect(event["tags"]["region"].text == "eu")
            #expect(event["user"]["id"].text == "service")
        }

        @Test(arguments: [(100, 100), (1, 64), (1_000_000, 65_536)])
        func `long texts are cut with a mark to the length that the app has chosen`(
            chosen: Int, limit: Int
        ) throws {
            let long = String(repeating: "ä€😀", count: 10_000)
            let event = try sdk.event {
                $0.maxValueLength = chosen
            } _: {
                Flycatcher.addBreadcrumb(long)
                Flycatcher.setExtra("list", to: [.string(long), ["key": .string(long)]])
                Flycatcher.setContext("context", to: ["key": .string(long)])
                Flycatcher.capture(message: long)
            }

            let texts = [
                event["logentry"]["formatted"], event["breadcrumbs"]["values"][0]["message"],
                event["extra"]["list"][0], event["extra"]["list"][1]["key"],
                event["contexts"]["context"]["key"],
            ]
            for text in texts.map(\.text) {
                let text = try #require(text)
                #expect(text.hasSuffix("..."))
                #expect(text.hasPrefix("ä€😀ä"))
                #expect((limit - 8...limit).contains(text.utf8.count))
            }
        }

        @Test func `an error's long text is cut too`() throws {
            let event = try sdk.event {
                $0.maxValueLength = 80
            } _: {
                Flycatcher.capture(error: Wordy(words: String(repeating: "word ", count: 100)))
            }

            let value = try #require(event["exception"]["values"][0]["value"].text)
            #expect(value.utf8.count <= 80)
            #expect(value.hasSuffix("..."))
        }

        @Test func `without its default the time to flush and to close is that of the options`() throws {
            let server = try CaptureServer(.hang)
            defer { server.stop() }
            Flycatcher.start {
                $0.dsn = server.dsn()
                $0.flushTimeout = .milliseconds(60)
                $0.shutdownTimeout = .milliseconds(60)
            }
            Flycatcher.capture(message: "no answer")
            let clock = ContinuousClock()

            let flushing = clock.measure { #expect(!Flycatcher.flush()) }
            let closing = clock.measure { #expect(!Flycatcher.close()) }

            #expect(flushing < .seconds(1.5))
            #expect(closing < .seconds(1.5))
        }
    }
}

private struct Wordy: Error {
    var words: String
}

/// Runs `body` with a variable in the environment.
func withVariable(_ name: String, _ value: String, _ body: () throws -> Void) rethrows {
    setenv(name, value, 1)
    defer { unsetenv(name) }
    try body()
}
