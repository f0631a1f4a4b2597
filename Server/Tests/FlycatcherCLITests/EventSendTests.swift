// Tests what `event send` sends and how it reads the answer.

import ArgumentParser
import FlycatcherWire
import Foundation
import Testing

@testable import FlycatcherCLI

@Suite struct EventSendTests {
    private let dsn: DSN

    init() throws {
        dsn = try DSN("http://abc@localhost:8000/1")
    }

    private func event(_ arguments: String...) throws -> OutgoingEvent {
        let command = try #require(
            try FlycatcherCommand.parseAsRoot(["event", "send"] + arguments) as? EventSendCommand)
        return try OutgoingEvent(command)
    }

    /// Writes a file that the system may clean away.
    private func file(_ text: String) throws -> String {
        let url = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).json")
        try Data(text.utf8).write(to: url)
        return url.path()
    }

    @Test func `a message becomes an envelope with one event`() throws {
        let event = try event("--message", "say \"hi\"", "--level", "warn")

        let lines = String(decoding: event.envelope(for: dsn), as: UTF8.self).split(separator: "\n")

        #expect(lines.count == 3)
        #expect(lines[0].contains("\"event_id\":\"\(event.id)\""))
        #expect(lines[1].contains("\"type\":\"event\""))
        #expect(lines[2].contains(#""message":"say \"hi\"""#))
        #expect(lines[2].contains(#""level":"warning""#))
        #expect(lines[2].contains("\"event_id\":\"\(event.id)\""))
    }

    @Test func `an event of a file keeps its id and gets what is missing`() throws {
        let id = EventID()
        let event = try event("--file", try file(#"{"event_id":"\#(id)","message":"from a file"}"#))
        let text = String(decoding: event.envelope(for: dsn), as: UTF8.self)

        #expect(event.id == id)
        #expect(text.contains("from a file"))
        #expect(text.contains("\"timestamp\":"))
    }

    @Test(arguments: ["", "[]", "7", "{\"a\":", "not json"])
    func `a file without an event is refused`(text: String) throws {
        let file = try file(text)

        let error = #expect(throws: SendError.self) { try event("--file", file) }

        #expect(error?.description.contains("holds no event") == true)
    }

    @Test func `a file that is not there is named`() {
        #expect(throws: SendError.unreadable("/nowhere/event.json")) {
            try event("--file", "/nowhere/event.json")
        }
    }

    @Test func `https is refused with what to do instead`() throws {
        let https = try DSN("https://abc@errors.example/1")

        #expect(throws: SendError.onlyHTTP) { try HTTPPost(to: https, body: []) }
    }

    @Test func `nobody at the other end is a failure that names it`() throws {
        let nobody = try DSN("http://abc@127.0.0.1:1/1")

        let error = #expect(throws: SendError.self) { try HTTPPost(to: nobody, body: []).send() }

        #expect(error?.description.contains("http://127.0.0.1:1") == true)
    }

    @Test(arguments: [
        ("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", 200, "{}"),
        ("HTTP/1.1 403 Forbidden\r\n\r\n{\"detail\":\n\"no\"}", 403, "{\"detail\": \"no\"}"),
        ("HTTP/1.0 204 No Content\r\n\r\n", 204, ""),
    ])
    func `an answer is read`(text: String, status: Int, body: String) throws {
        let reply = try #require(HTTPPost.Reply(Array(text.utf8)))

        #expect(reply.status == status)
        #expect(reply.body == body)
    }

    @Test(arguments: ["", "SSH-2.0-OpenSSH", "HTTP/1.1", "HTTP/1.1 many"])
    func `what is no HTTP is no answer`(text: String) {
        #expect(HTTPPost.Reply(Array(text.utf8)) == nil)
    }

    @Test func `tables line up`() {
        let table = Table(columns: ["A", "LONG"], rows: [["wide one", "x"], ["b", ""]])

        #expect(table.description == "A         LONG\nwide one  x\nb")
    }
}
