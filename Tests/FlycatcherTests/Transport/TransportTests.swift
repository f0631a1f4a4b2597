// What happens between capture and the server, and when the server is in trouble.

import FlycatcherWire
import Foundation
import Synchronization
import Testing

@testable import Flycatcher

extension SDKTests {
    @Suite struct Transporting {
        let sdk = SDKTests()

        @Test func `an app can record envelopes instead of sending them, without a DSN`() throws {
            let transport = Flycatcher.RecordingTransport()
            Flycatcher.start { $0.transport = transport }

            let id = Flycatcher.capture(message: "kept")
            Flycatcher.close(timeout: .seconds(10))

            #expect(transport.envelopes.map(\.header.eventID) == [id])
            #expect(try transport.envelopes.first?.event["logentry"]["formatted"].text == "kept")
        }

        @Test func `what a transport captures itself goes nowhere, and what it flushes does not wait`() throws
        {
            let transport = ReportingTransport()
            Flycatcher.start { $0.transport = transport }

            Flycatcher.capture(message: "once")
            Flycatcher.close(timeout: .seconds(10))

            #expect(transport.recording.envelopes.count == 1)
            #expect(transport.capturedID.withLock { $0 } == EventID(value: 0))
        }

        @Test func `capture returns at once while the server hangs`() throws {
            let server = try CaptureServer(.hang)
            defer { server.stop() }
            Flycatcher.start { $0.dsn = server.dsn() }
            defer { Flycatcher.close(timeout: .zero) }

            let time = ContinuousClock().measure {
                for _ in 0..<100 { Flycatcher.capture(message: "x") }
            }

            #expect(time < .seconds(1))
        }

        @Test func `a full queue gives up its oldest events and counts them`() throws {
            let transport = BlockedTransport()
            Flycatcher.start {
                $0.transport = transport
                $0.maxQueueItems = 30
                $0.attachStacktrace = false
            }
            Flycatcher.capture(message: "first")
            transport.waitUntilBusy()

            for number in 0..<100 { Flycatcher.capture(message: "\(number)") }
            let counts = ActiveClient.current?.discards.drain()
            transport.unblock()
            Flycatcher.close(timeout: .seconds(10))

            #expect(counts == [Discards.Key(reason: .queueOverflow, category: .error): 70])
            let texts = try transport.recording.envelopes.map { try $0.event["logentry"]["formatted"].text }
            #expect(texts == ["first"] + (70..<100).map { "\($0)" })
        }

        @Test(arguments: [400, 401, 403, 413, 500, 503])
        func `what the server refuses is counted and not sent again`(status: Int) throws {
            let server = try CaptureServer(.answer(status: status))
            defer { server.stop() }
            var counts: [Discards.Key: Int]?
            try sdk.withSDK(server) {
                Flycatcher.capture(message: "refused")
                Flycatcher.flush(timeout: .seconds(10))
                counts = ActiveClient.current?.discards.drain()
            }

            #expect(server.requests.count == 1)
            #expect(counts == [Discards.Key(reason: .sendError, category: .error): 1])
        }

        @Test func `after 429 nothing is sent, and only what was held back counts as lost`() throws {
            let server = try CaptureServer(.answer(status: 429, headers: ["Retry-After": "3600"]))
            defer { server.stop() }
            var counts: [Discards.Key: Int]?
            try sdk.withSDK(server) {
                Flycatcher.capture(message: "limited")
                Flycatcher.flush(timeout: .seconds(10))
                server.behave(.answer(status: 200))
                Flycatcher.capture(message: "held back")
                Flycatcher.flush(timeout: .seconds(10))
                counts = ActiveClient.current?.discards.drain()
            }

            #expect(server.requests.count == 1)
            #expect(counts == [Discards.Key(reason: .rateLimitBackoff, category: .error): 1])
        }

        @Test func `a pause of no length is none`() throws {
            let server = try CaptureServer(.answer(status: 429, headers: ["Retry-After": "-5"]))
            defer { server.stop() }
            try sdk.withSDK(server) {
                Flycatcher.capture(message: "one")
                Flycatcher.capture(message: "two")
            }

            #expect(server.requests.count == 2)
        }

        @Test func `a server that is not there is a counted loss and no more`() throws {
            let server = try CaptureServer()
            server.stop()
            var counts: [Discards.Key: Int]?
            try sdk.withSDK(server) {
                Flycatcher.capture(message: "lost")
                Flycatcher.flush(timeout: .seconds(10))
                counts = ActiveClient.current?.discards.drain()
            }

            #expect(counts == [Discards.Key(reason: .networkError, category: .error): 1])
        }

        @Test func `a redirect is not followed`() throws {
            let other = try CaptureServer()
            defer { other.stop() }
            let target = "http://127.0.0.1:\(other.port)/elsewhere"
            let server = try CaptureServer(.answer(status: 307, headers: ["Location": target]))
            defer { server.stop() }
            try sdk.withSDK(server) { Flycatcher.capture(message: "x") }

            #expect(try server.events.count == 1)
            #expect(other.requests.isEmpty)
        }
    }
}

@Suite struct PauseTests {
    private static let now = Timestamp(seconds: 784_111_777) ?? .now

    @Test(
        arguments: [
            ("2", 2), ("1.5", 2), ("0", 0), ("-3", 0), ("inf", 86_400), ("1e300", 86_400), ("nan", 60),
            ("soon", 60),
            ("", 60), (nil, 60), ("Sun, 06 Nov 1994 08:49:47 GMT", 10), ("Sun, 06 Nov 1994 08:00:00 GMT", 0),
        ] as [(String?, Int)])
    func `Retry-After is a number, a date, or a minute`(text: String?, seconds: Int) {
        #expect(Pause.length(retryAfter: text, now: Self.now) == .seconds(seconds))
    }
}

/// Reports that it reports.
private final class ReportingTransport: Flycatcher.Transport {
    let recording = Flycatcher.RecordingTransport()
    let capturedID = Mutex<EventID?>(nil)

    func send(_ envelope: Flycatcher.Envelope) -> Flycatcher.ServerAnswer {
        let id = Flycatcher.capture(message: "sending")
        Flycatcher.flush(timeout: .seconds(3600))
        capturedID.withLock { $0 = id }
        return recording.send(envelope)
    }

    func close() {}
}

/// Records envelopes, each only once it is allowed to.
private final class BlockedTransport: Flycatcher.Transport {
    let recording = Flycatcher.RecordingTransport()
    private let arrived = DispatchSemaphore(value: 0)
    private let allowed = DispatchSemaphore(value: 0)

    func send(_ envelope: Flycatcher.Envelope) -> Flycatcher.ServerAnswer {
        arrived.signal()
        allowed.wait()
        allowed.signal()
        return recording.send(envelope)
    }

    func close() {}
    func waitUntilBusy() { arrived.wait() }
    func unblock() { allowed.signal() }
}
