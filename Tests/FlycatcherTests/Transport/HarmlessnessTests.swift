// The app is never harmed, whatever the server does and however the SDK is used.

import FlycatcherWire
import Foundation
import Synchronization
import Testing

@testable import Flycatcher

extension SDKTests {
    @Suite struct Harmlessness {
        let sdk = SDKTests()

        @Test(arguments: [
            "", "HTTP/1.1 ", "HTTP/1.1 abc\r\n\r\n", "\u{0}\u{1}\u{2} garbage \r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nshort",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        ])
        func `garbage is a counted loss, and the next event arrives`(answer: String) throws {
            let server = try CaptureServer(.raw(answer))
            defer { server.stop() }
            try sdk.withSDK(server) {
                Flycatcher.capture(message: "lost")
                Flycatcher.flush(timeout: .seconds(10))
                server.behave(.answer(status: 200))
                Flycatcher.capture(message: "arrives")
            }

            #expect(try server.losses == ["network_error error": 1])
            #expect(try server.events.last?["logentry"]["formatted"].text == "arrives")
        }

        @Test func `headers without end or measure are no harm`() throws {
            let long = String(repeating: "60:error:key,", count: 5000)
            let server = try CaptureServer(.answer(status: 200, headers: ["X-Sentry-Rate-Limits": long]))
            defer { server.stop() }
            try sdk.withSDK(server) { Flycatcher.capture(message: "x") }

            #expect(try server.events.count == 1)
        }

        @Test func `ten thousand tasks may capture at once`() async throws {
            let transport = Flycatcher.RecordingTransport()
            Flycatcher.start {
                $0.transport = transport
                $0.attachStacktrace = false
            }

            let ids = await withTaskGroup(of: Flycatcher.EventID.self) { group in
                for number in 0..<10_000 { group.addTask { Flycatcher.capture(message: "\(number)") } }
                return await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(Flycatcher.close(timeout: .seconds(60)))

            #expect(ids.count == 10_000)
            let sent = Set(transport.envelopes.compactMap(\.header.eventID))
            #expect(!sent.isEmpty && sent.isSubset(of: ids))
        }

        @Test func `a capture inside beforeSend goes nowhere and harms nothing`() throws {
            let server = try CaptureServer()
            defer { server.stop() }
            try sdk.withSDK(server) {
                $0.beforeSend = { event, _ in
                    Flycatcher.capture(message: "inside")
                    Flycatcher.flush(timeout: .seconds(3600))
                    return event
                }
            } _: {
                Flycatcher.capture(message: "outside")
            }

            #expect(try server.events.map { $0["logentry"]["formatted"].text } == ["outside"])
        }

        @Test func `a synchronous capture returns when the event is there`() throws {
            let server = try CaptureServer()
            defer { server.stop() }
            Flycatcher.start {
                $0.dsn = server.dsn()
                $0.sendsSynchronously = true
                $0.flushTimeout = .seconds(20)
            }
            defer { Flycatcher.close() }

            Flycatcher.capture(message: "x")

            #expect(server.requests.count == 1)
        }

        @Test func `a close within its timeout loses nothing`() throws {
            let server = try CaptureServer()
            defer { server.stop() }
            Flycatcher.start {
                $0.dsn = server.dsn()
                $0.attachStacktrace = false
            }
            for number in 0..<200 { Flycatcher.capture(message: "\(number)") }

            #expect(Flycatcher.close(timeout: .seconds(60)))

            #expect(try server.events.count == 200)
        }

        @Test func `waits without measure do not overflow`() throws {
            let server = try CaptureServer()
            defer { server.stop() }
            Flycatcher.start { $0.dsn = server.dsn() }
            Flycatcher.capture(message: "x")

            #expect(Flycatcher.flush(timeout: .seconds(Int64.max)))
            #expect(Flycatcher.close(timeout: .seconds(Int64.max)))
        }

        @Test func `a viewer gets a copy of everything, with and without a DSN`() throws {
            let (server, viewer) = (try CaptureServer(), try CaptureServer())
            defer { for server in [server, viewer] { server.stop() } }
            try sdk.withSDK(server) {
                $0.spotlight = .url("http://127.0.0.1:\(viewer.port)/stream")
            } _: {
                Flycatcher.capture(message: "both")
            }
            Flycatcher.start { $0.spotlight = .url("http://127.0.0.1:\(viewer.port)/stream") }
            Flycatcher.capture(message: "viewer")
            Flycatcher.close(timeout: .seconds(20))

            #expect(try server.events.count == 1)
            #expect(try viewer.events.map { $0["logentry"]["formatted"].text } == ["both", "viewer"])
            #expect(viewer.requests.first?.line == "POST /stream HTTP/1.1")
            #expect(viewer.requests.first?.headers["x-sentry-auth"] == nil)
        }

        @Test func `a viewer that is not there keeps nothing from the server`() throws {
            let server = try CaptureServer()
            defer { server.stop() }
            try sdk.withSDK(server) {
                $0.spotlight = .url("http://127.0.0.1:1/stream")
            } _: {
                for _ in 0..<5 { Flycatcher.capture(message: "x") }
            }

            #expect(try server.events.count == 5)
            #expect(try server.losses.isEmpty)
        }
    }
}

@Suite struct BackpressureTests {
    @Test
    func `the factor doubles every ten seconds while things are bad, and is one again when they are well`() {
        let isHealthy = Mutex(false)
        let pressure = Backpressure { isHealthy.withLock { $0 } }
        let start = ContinuousClock.now

        #expect((0..<5).map { pressure.factor(at: start + .seconds($0 * 5)) } == [2, 2, 4, 4, 8])
        #expect(pressure.factor(at: start + .seconds(29)) == 8)
        for step in 3..<20 { _ = pressure.factor(at: start + .seconds(step * 10)) }
        #expect(pressure.factor(at: start + .seconds(200)) == 1024)

        isHealthy.withLock { $0 = true }
        #expect(pressure.factor(at: start + .seconds(209)) == 1024)
        #expect(pressure.factor(at: start + .seconds(210)) == 1)
    }
}
