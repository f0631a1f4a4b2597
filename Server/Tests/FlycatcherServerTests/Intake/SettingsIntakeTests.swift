// Tests that what is changed of a project holds for the very next request.

import FlycatcherWire
import HTTPTypes
import Model
import SQLiteStorage
import Testing

@testable import FlycatcherServer

@Suite struct SettingsIntakeTests {
    private let event = #"{"message":"no","extra":{"badge":"4711","token_count":"12"}}"#

    private func send(_ server: TestServer, key: ProjectKey? = nil) async throws -> Int {
        let key = key ?? server.key
        return try await server.post("/api/\(server.project.id)/store/?sentry_key=\(key.publicKey)", event)
            .status
    }

    @Test func `a key that another process disables refuses the next request, and its successor is let in`()
        async throws
    {
        let server = try await TestServer()
        #expect(try await send(server) == 200)

        let other = try SQLiteStore.open(folder: server.temporary.folder)
        _ = try await other.changeKey(server.key.id, of: server.project.id) { $0.isEnabled = false }
        let next = try await other.createKey(label: "Next", of: server.project.id, at: .now)

        #expect(try await send(server) == 403)
        #expect(try await send(server, key: next) == 200)
        _ = try await other.changeKey(server.key.id, of: server.project.id) { $0.isEnabled = true }
        #expect(try await send(server) == 200)
        try await other.deleteKey(next.id, of: server.project.id)
        try await other.close()
        #expect(try await send(server, key: next) == 403)
    }

    @Test func `a key stops by itself at its moment`() async throws {
        let server = try await TestServer()
        let store = server.temporary.store
        func end(in seconds: Int64) async throws {
            _ = try await store.changeKey(server.key.id, of: server.project.id) {
                $0.endsAt = Timestamp.now.advanced(byMicroseconds: seconds * 1_000_000)
            }
        }

        try await end(in: 3600)
        #expect(try await send(server) == 200)
        try await end(in: -1)
        #expect(try await send(server) == 403)
    }

    @Test func `what a project says is secret is scrubbed from the next event on`() async throws {
        let server = try await TestServer()
        let store = server.temporary.store
        func stored() async throws -> String {
            let id = try await server.capture(event)
            let json = try #require(try await store.event(id, in: server.project.id)?.json)
            return String(decoding: json, as: UTF8.self)
        }

        let usual = try await stored()
        _ = try await store.changeSettings(of: server.project.id) {
            $0.scrubbing.additionalWords = ["badge"]
            $0.scrubbing.safeNames = ["token_count"]
        }
        let own = try await stored()
        _ = try await store.changeSettings(of: server.project.id) { $0.scrubbing.isOn = false }
        let none = try await stored()

        #expect(usual.contains("4711") && !usual.contains(#""token_count":"12""#))
        #expect(!own.contains("4711") && own.contains(#""token_count":"12""#))
        #expect(none.contains("4711") && none.contains(#""token_count":"12""#))
    }
}
