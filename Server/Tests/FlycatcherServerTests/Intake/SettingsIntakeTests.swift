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

    @Test func `pages of other origins are refused, their browsers are told, apps are not asked`()
        async throws
    {
        let server = try await TestServer()
        let path = "/api/\(server.project.id)/store/?sentry_key=\(server.key.publicKey)"
        let allowOrigin = HTTPField.Name.accessControlAllowOrigin
        let own: HTTPFields = [.origin: "https://shop.example"]
        let foreign: HTTPFields = [.origin: "https://evil.test"]
        let open = try await server.post(path, event, foreign)
        #expect(open.status == 200 && open.headers[allowOrigin] == "*")

        _ = try await server.temporary.store.changeSettings(of: server.project.id) {
            $0.allowedOrigins = ["https://shop.example"]
        }
        let (taken, refused) = (
            try await server.post(path, event, own), try await server.post(path, event, foreign)
        )

        #expect(taken.status == 200 && taken.headers[allowOrigin] == "https://shop.example")
        #expect(refused.status == 403 && refused.headers[allowOrigin] == nil)
        #expect(refused.headers[.vary] == "Origin")
        #expect(try await server.post(path, event, [.referer: "https://evil.test/a?b"]).status == 403)
        #expect(try await server.post(path, event, [.referer: "https://shop.example/a?b"]).status == 200)
        #expect(try await server.post(path, event).status == 200)
        for (headers, origin) in [(own, "https://shop.example" as String?), (foreign, nil)] {
            let preflight = try await server.send(.options, path, headers)
            #expect(preflight.status == 200 && preflight.headers[allowOrigin] == origin)
        }
        await server.parts.outcomes.flush()
        let outcomes = try await server.parts.store.outcomes(of: server.project.id, sinceHour: 0)
        #expect(outcomes.first { $0.outcome.reason == "cors" }?.quantity == 2)
    }

    @Test func `an envelope that says itself whose it is is asked for its page too`() async throws {
        let server = try await TestServer()
        _ = try await server.temporary.store.changeSettings(of: server.project.id) { $0.allowedOrigins = [] }
        let header = #"{"dsn":"http://\#(server.key.publicKey)@h/1"}"#
        let envelope = "\(header)\n{\"type\":\"event\"}\n\(event)\n"

        let reply = try await server.post("/api/1/envelope/", envelope, [.origin: "https://a.example"])

        #expect(reply.status == 403 && reply.headers[.accessControlAllowOrigin] == nil)
        #expect(try await server.post("/api/1/envelope/", envelope).status == 200)
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
