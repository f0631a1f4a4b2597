// Tests settings and keys of projects through the web API.

import FlycatcherWire
import HTTPTypes
import Model
import TapeJSON
import Testing

@testable import FlycatcherServer

@Suite struct APISettingsTests {
    private let project = "/api/0/projects/flycatcher/shop-api/"

    private func writer(_ server: TestServer) async throws -> HTTPFields {
        let (_, secret) = try await server.parts.accounts.createToken(name: "test", scopes: ["project:write"])
        return [.authorization: "Bearer sntryu_\(secret.text)"]
    }

    private func text(_ body: String, _ path: String...) throws -> String? {
        let document = try JSONDocument(parsing: Array(body.utf8))
        var node: JSONNode? = document.root
        for key in path { node = node.flatMap { document.member(named: key, of: $0) } }
        return node.map { String(decoding: document.serialized($0), as: UTF8.self) }
    }

    @Test func `keys are made, changed, listed and deleted`() async throws {
        let server = try await TestServer()
        let headers = try await writer(server)

        let made = try await server.send(
            .post, "\(project)keys/", headers, #"{"name":"iOS","rateLimit":{"window":60,"count":7}}"#)
        #expect(made.status == 201)
        let id = try #require(try text(made.body, "id")).filter { $0 != "\"" }
        #expect(try text(made.body, "dsn", "public") == "\"http://\(id)@127.0.0.1:8000/1\"")
        #expect(try text(made.body, "rateLimit") == #"{"window":60,"count":7}"#)
        #expect(try text(made.body, "isActive") == "true")

        let changed = try await server.send(
            .put, "\(project)keys/\(id)/", headers, #"{"isActive":false,"name":"old","rateLimit":null}"#)
        #expect(changed.status == 200)
        #expect(try text(changed.body, "isActive") == "false" && text(changed.body, "rateLimit") == "null")
        #expect(try text(changed.body, "name") == "\"old\"")
        #expect(try await server.send(.get, "\(project)keys/\(id)/", headers).body == changed.body)

        #expect(try await server.send(.delete, "\(project)keys/\(id)/", headers).status == 204)
        #expect(try await server.send(.get, "\(project)keys/\(id)/", headers).status == 404)
        let left = try await server.send(.get, "\(project)keys/", headers).body
        #expect(left.contains(server.key.publicKey) && !left.contains(id))
    }

    @Test func `spikes are held back or let in through the web API`() async throws {
        let server = try await TestServer()
        let headers = try await writer(server)
        func set(_ value: String) async throws -> (status: Int, text: String?) {
            let reply = try await server.send(.put, project, headers, #"{"spikeProtection":\#(value)}"#)
            return (reply.status, try text(reply.body, "spikeProtection"))
        }

        #expect(try await set("true") == (200, "1000"))
        #expect(try await set("2500") == (200, "2500"))
        #expect(try await server.parts.store.allowances().values.map(\.spikes) == [.limited(minimum: 2500)])
        #expect(try await set("false") == (200, "false"))
        #expect(try await set("null") == (200, "null"))
        #expect(try await set("0").status == 400)
        #expect(try await set("\"many\"").status == 400)
    }

    @Test(arguments: [
        #"{"name":""}"#, #"{"rateLimit":5}"#, #"{"rateLimit":{"window":-1,"count":1}}"#,
        #"{"dateEnds":"soon"}"#, "[]", "",
    ])
    func `a key that makes no sense is a 400`(body: String) async throws {
        let server = try await TestServer()
        let path = "\(project)keys/\(server.key.publicKey)/"

        let reply = try await server.send(.put, path, try await writer(server), body)

        #expect(reply.status == 400 && reply.body.hasPrefix(#"{"detail":"#))
    }

    @Test func `the project tells its settings and takes changes`() async throws {
        let server = try await TestServer()
        let headers = try await writer(server)

        let reply = try await server.send(
            .put, project, headers,
            #"{"sensitiveFields":["badge"],"scrubIPAddresses":true,"allowedDomains":["*.example.org"],"other":1}"#
        )

        #expect(reply.status == 200)
        #expect(try text(reply.body, "sensitiveFields") == #"["badge"]"#)
        #expect(
            try text(reply.body, "dataScrubber") == "true" && text(reply.body, "scrubIPAddresses") == "true")
        #expect(try text(reply.body, "allowedDomains") == #"["*.example.org"]"#)
        #expect(try await server.send(.get, project, headers).body == reply.body)
        #expect(try await server.send(.put, project, headers, #"{"allowedDomains":["a b"]}"#).status == 400)
        let kept = try await server.send(
            .put, project, headers, #"{"retentionDays":14,"retentionAttachmentDays":7,"retentionBytes":null}"#
        )
        #expect(try text(kept.body, "retentionDays") == "14" && text(kept.body, "retentionBytes") == "null")
        #expect(try text(kept.body, "retentionAttachmentDays") == "7")
        #expect(try await server.send(.put, project, headers, #"{"retentionDays":0}"#).status == 400)
    }

    @Test func `who may only read changes nothing`() async throws {
        let server = try await TestServer()
        let (_, secret) = try await server.parts.accounts.createToken(name: "test", scopes: ["project:read"])
        let headers: HTTPFields = [.authorization: "Bearer sntryu_\(secret.text)"]

        #expect(try await server.send(.get, "\(project)keys/", headers).status == 200)
        #expect(try await server.send(.post, "\(project)keys/", headers, "{}").status == 403)
        #expect(try await server.send(.put, project, headers, "{}").status == 403)
        #expect(
            try await server.send(.delete, "\(project)keys/\(server.key.publicKey)/", headers).status == 403)
    }
}
