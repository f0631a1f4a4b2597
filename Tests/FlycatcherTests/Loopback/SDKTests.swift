// The suite of everything that goes through the facade: one at a time, since a process has one SDK.

import Flycatcher
import Foundation
import Testing

@Suite(.serialized) struct SDKTests {
    /// The process of the tests has no crash handler: what it would note is not theirs.
    init() {
        setenv("FLYCATCHER_CRASH_HANDLER", "off", 1)
    }

    /// Runs `body` with the SDK on, sending to a server of its own, and gives the events that arrived.
    func events(
        _ configure: (inout Flycatcher.Options) -> Void = { _ in }, _ body: () throws -> Void
    ) throws -> [JSON] {
        let server = try CaptureServer()
        defer { server.stop() }
        try withSDK(server, configure, body)
        return try server.events
    }

    /// The one event that `body` reports.
    func event(
        _ configure: (inout Flycatcher.Options) -> Void = { _ in }, _ body: () throws -> Void
    ) throws -> JSON {
        let events = try events(configure, body)
        try #require(events.count == 1)
        return events[0]
    }

    func withSDK(
        _ server: CaptureServer, _ configure: (inout Flycatcher.Options) -> Void = { _ in },
        _ body: () throws -> Void
    ) throws {
        Flycatcher.start {
            $0.dsn = server.dsn()
            configure(&$0)
        }
        Flycatcher.ScopeKind.allCases.forEach { kind in Flycatcher.configureScope(kind) { $0.clear() } }
        defer { Flycatcher.close(timeout: .seconds(5)) }
        try body()
        #expect(Flycatcher.flush(timeout: .seconds(60)))
    }
}
