// Starting and stopping, with and without a DSN.

import Flycatcher
import FlycatcherWire
import Foundation
import Testing

extension SDKTests {
    @Suite struct Lifecycle {
        let sdk = SDKTests()

        @Test func `before start every call is harmless and returns the zero id`() {
            #expect(!Flycatcher.isEnabled)
            Flycatcher.setTag("a", to: "b")
            Flycatcher.setUser(Flycatcher.User(id: "1"))
            Flycatcher.addBreadcrumb("step")
            Flycatcher.withScope { $0.setTag("c", to: "d") }

            let id = Flycatcher.capture(message: "nobody listens")

            #expect(id.description == String(repeating: "0", count: 32))
            #expect(Flycatcher.flush())
            #expect(Flycatcher.close())
        }

        @Test(arguments: [
            "", "nonsense", "http://127.0.0.1/1", "http://key@127.0.0.1", "ftp://key@127.0.0.1/1",
            "http://@:0/",
        ])
        func `without a valid DSN the SDK stays off`(dsn: String) {
            Flycatcher.start { $0.dsn = dsn }

            #expect(!Flycatcher.isEnabled)
            #expect(Flycatcher.capture(error: POSIXError(.EPERM)) == EventID(value: 0))
            #expect(Flycatcher.flush())
        }

        @Test func `options are read from the environment where they are unset`() throws {
            let server = try CaptureServer()
            defer { server.stop() }
            setenv("SENTRY_DSN", server.dsn("7"), 1)
            setenv("SENTRY_RELEASE", "shop@1.4.2", 1)
            setenv("SENTRY_ENVIRONMENT", "staging", 1)
            defer { for name in ["SENTRY_DSN", "SENTRY_RELEASE", "SENTRY_ENVIRONMENT"] { unsetenv(name) } }

            Flycatcher.start()
            Flycatcher.capture(message: "from the environment")
            Flycatcher.close(timeout: .seconds(10))

            let event = try #require(try server.events.first)
            #expect(server.requests.first?.line == "POST /api/7/envelope/ HTTP/1.1")
            #expect(event["release"].text == "shop@1.4.2")
            #expect(event["environment"].text == "staging")
        }

        @Test func `an option wins over its variable`() throws {
            setenv("SENTRY_RELEASE", "variable", 1)
            defer { unsetenv("SENTRY_RELEASE") }

            let event = try sdk.event {
                $0.release = "option"
            } _: {
                Flycatcher.capture(message: "x")
            }

            #expect(event["release"].text == "option")
        }

        @Test func `the environment is production when nothing names another`() throws {
            let event = try sdk.event { Flycatcher.capture(message: "x") }

            #expect(event["environment"].text == "production")
        }

        @Test func `after close nothing is sent`() throws {
            let server = try CaptureServer()
            defer { server.stop() }
            try sdk.withSDK(server) {}

            let id = Flycatcher.capture(message: "too late")

            #expect(id == EventID(value: 0))
            #expect(server.requests.isEmpty)
        }

        @Test func `a second start takes over and the first still sends what it has`() throws {
            let (first, second) = (try CaptureServer(), try CaptureServer())
            defer { for server in [first, second] { server.stop() } }
            Flycatcher.start { $0.dsn = first.dsn() }
            Flycatcher.capture(message: "one")

            Flycatcher.start { $0.dsn = second.dsn() }
            Flycatcher.capture(message: "two")
            Flycatcher.close(timeout: .seconds(10))

            #expect(try second.events.map { $0["logentry"]["formatted"].text } == ["two"])
            try waitUntil { first.requests.count == 1 }
            #expect(try first.events.map { $0["logentry"]["formatted"].text } == ["one"])
        }

        @Test func `flush and close keep their time when the server hangs`() throws {
            let server = try CaptureServer(.hang)
            defer { server.stop() }
            Flycatcher.start { $0.dsn = server.dsn() }
            Flycatcher.capture(message: "no answer")
            let clock = ContinuousClock()

            let flushing = clock.measure { #expect(!Flycatcher.flush(timeout: .milliseconds(200))) }
            let closing = clock.measure { #expect(!Flycatcher.close(timeout: .milliseconds(200))) }

            #expect(flushing >= .milliseconds(190) && flushing < .seconds(5))
            #expect(closing >= .milliseconds(190) && closing < .seconds(5))
            #expect(!Flycatcher.isEnabled)
        }

        @Test func `after a flush in vain the SDK goes on`() throws {
            let server = try CaptureServer(.hang)
            defer { server.stop() }
            Flycatcher.start { $0.dsn = server.dsn() }
            Flycatcher.capture(message: "no answer")
            #expect(!Flycatcher.flush(timeout: .milliseconds(50)))

            server.behave(.answer(status: 200))
            server.dropConnections()
            Flycatcher.capture(message: "answered")
            #expect(Flycatcher.close(timeout: .seconds(20)))

            #expect(try server.events.last?["logentry"]["formatted"].text == "answered")
        }
    }
}

/// Waits for something that another thread brings about.
func waitUntil(_ condition: () -> Bool) throws {
    let deadline = ContinuousClock.now + .seconds(20)
    while !condition() {
        try #require(ContinuousClock.now < deadline, "it did not happen in time")
        sched_yield()
    }
}
