// What tests that run tasks share.

import Flycatcher
import Testing

extension SDKTests {
    /// Runs `body` with the SDK on, sending to a server of its own, and gives the events that arrived.
    func events(
        _ configure: (inout Flycatcher.Options) -> Void = { _ in }, _ body: () async throws -> Void
    ) async throws -> [JSON] {
        let server = try CaptureServer()
        defer { server.stop() }
        Flycatcher.start {
            $0.dsn = server.dsn()
            configure(&$0)
        }
        Flycatcher.ScopeKind.allCases.forEach { kind in Flycatcher.configureScope(kind) { $0.clear() } }
        defer { Flycatcher.close(timeout: .seconds(5)) }
        try await body()
        #expect(Flycatcher.flush(timeout: .seconds(60)))
        return try server.events
    }
}

extension [JSON] {
    /// The texts of the messages, in the order of their arrival.
    var texts: [String?] { map { $0["logentry"]["formatted"].text } }
    /// What the errors say, in the order of their arrival.
    var values: [String?] { map { $0["exception"]["values"].list.last?["value"].text } }
}
