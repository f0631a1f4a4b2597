// When collected things are sent.

import FlycatcherWire
import Foundation
import Synchronization
import Testing

@testable import Flycatcher

extension SDKTests {
    @Suite struct Batches {
        let sdk = SDKTests()

        @Test func `a batch is sent when its interval is over`() throws {
            let server = try CaptureServer()
            defer { server.stop() }
            try sdk.withSDK(server) {
                let pile = Pile(interval: .milliseconds(20))
                ActiveClient.current?.add(pile)
                pile.add()
                try waitUntil { !server.requests.isEmpty }
                pile.add()
                try waitUntil { server.requests.count == 2 }
            }
        }

        @Test func `a flush sends what is collected`() throws {
            let server = try CaptureServer()
            defer { server.stop() }
            try sdk.withSDK(server) {
                let pile = Pile(interval: .seconds(3600))
                ActiveClient.current?.add(pile)
                pile.add()
                pile.add()

                #expect(Flycatcher.flush(timeout: .seconds(10)))

                let count = try server.payloads(of: "log").count
                #expect(count == 2)
            }
        }

        @Test func `a close sends what is collected`() throws {
            let server = try CaptureServer()
            defer { server.stop() }
            Flycatcher.start { $0.dsn = server.dsn() }
            let pile = Pile(interval: .seconds(3600))
            ActiveClient.current?.add(pile)
            pile.add()

            #expect(Flycatcher.close(timeout: .seconds(10)))

            #expect(try server.payloads(of: "log").count == 1)
        }

        @Test func `a client that is replaced sends what is collected`() throws {
            let (first, second) = (try CaptureServer(), try CaptureServer())
            defer { for server in [first, second] { server.stop() } }
            Flycatcher.start { $0.dsn = first.dsn() }
            let pile = Pile(interval: .seconds(3600))
            ActiveClient.current?.add(pile)
            pile.add()

            Flycatcher.start { $0.dsn = second.dsn() }
            defer { Flycatcher.close() }

            try waitUntil { (try? first.payloads(of: "log").count) == 1 }
        }

        @Test func `a flush waits for what was there when it began, and no longer`() throws {
            let server = try CaptureServer()
            defer { server.stop() }
            try sdk.withSDK(server) {
                $0.attachStacktrace = false
                $0.maxQueueItems = 30
            } _: {
                let isStopped = Mutex(false)
                let storm = Thread {
                    while !isStopped.withLock({ $0 }) { Flycatcher.capture(message: "storm") }
                }
                storm.start()
                try waitUntil { !server.requests.isEmpty }

                #expect(Flycatcher.flush(timeout: .seconds(20)))
                isStopped.withLock { $0 = true }
            }
        }
    }
}

/// Collects log records that say nothing.
private final class Pile: Batch {
    let interval: Duration
    private let count = Mutex(0)

    init(interval: Duration) {
        self.interval = interval
    }

    func add() {
        count.withLock { $0 += 1 }
    }

    func drain() -> [Parcel] {
        let count = count.withLock { count in
            defer { count = 0 }
            return count
        }
        let header = EnvelopeItemHeader(type: "log")
        let item = EnvelopeItem(header: header, payload: .kept(Array("{\"items\":[]}".utf8)))
        return (0..<count).map { _ in Parcel(priority: .bulk, contents: [Parcel.Content(item, .logItem)]) }
    }
}
