// Attachments from the request to the download, through the router without a port.

import FlycatcherWire
import Foundation
import HTTPTypes
import Hummingbird
import Model
import Testing

@testable import FlycatcherServer

@Suite struct AttachmentTests {
    private static let event = "6b1f0c2d9a7e4c53b8d1e2f3a4b5c6d7"

    private func item(_ payload: String, _ header: String = "") -> String {
        "{\"type\":\"attachment\",\"length\":\(payload.utf8.count)\(header.isEmpty ? "" : ",")\(header)}\n\(payload)\n"
    }

    private func send(_ server: TestServer, _ items: String, event: Bool = true) async throws -> Reply {
        let head = "{\"event_id\":\"\(Self.event)\"}\n"
        let error = event ? "{\"type\":\"event\"}\n{\"message\":\"seven\"}\n" : ""
        return try await server.post(
            "/api/1/envelope/?sentry_key=\(server.key.publicKey)", head + error + items)
    }

    private func files(of server: TestServer) -> [String] {
        let folder = "\(server.temporary.folder)/files"
        return (FileManager.default.enumerator(atPath: folder)?.allObjects as? [String] ?? [])
            .filter { $0.utf8.count > 60 }.map { String($0.suffix(64)) }
    }

    private func eventPath(_ server: TestServer) async throws -> String {
        let issue = try #require(try await server.parts.store.issue(IssueID(1)))
        return "/issues/\(issue.shortID)/events/\(Self.event)/"
    }

    @Test func `an attachment is shown with its event and downloaded byte by byte`() async throws {
        let server = try await TestServer()
        _ = try await server.makeUser()
        let browser = Browser(server)
        try await browser.signIn()

        let reply = try await send(
            server,
            item("a,b\n1,2\n", #""filename":"../../etc/cart.csv","content_type":"text/csv; charset=x""#))

        #expect(reply.status == 200)
        let path = try await eventPath(server)
        let page = try await browser.open(path)
        #expect(page.body.contains(">cart.csv</a>") && page.body.contains("8 B · text/csv"))
        #expect(page.body.contains("a,b\n1,2\n</pre>"))
        let download = try await browser.open(path + "attachments/1/")
        #expect(download.body == "a,b\n1,2\n")
        #expect(download.headers[.contentLength] == "8")
        #expect(
            download.headers[.contentDisposition]
                == #"attachment; filename="cart.csv"; filename*=UTF-8''cart.csv"#)
        #expect(files(of: server) == ["492d5ea496056f1a6a6592241032fab764c321596317930b4fa0e1e8bc3b7470"])
    }

    @Test func `a document never runs in our origin`() async throws {
        let server = try await TestServer()
        _ = try await server.makeUser()
        let browser = Browser(server)
        try await browser.signIn()
        let name = #""filename":"x\"\r\n.html","content_type":"text/html""#

        _ = try await send(
            server, item("<script>alert(1)</script>", name) + item("GIF8", #""content_type":"image/svg+xml""#)
        )

        let path = try await eventPath(server)
        let download = try await browser.open(path + "attachments/1/")
        #expect(download.headers[.contentType] == "text/plain; charset=utf-8")
        #expect(download.headers[.contentSecurityPolicy] == "default-src 'none'; sandbox")
        #expect(download.headers[.xContentTypeOptions] == "nosniff")
        #expect(download.headers[.contentDisposition]?.hasPrefix("attachment; filename=\"x_.html\"") == true)
        #expect(try await browser.open(path + "attachments/1/picture/").status == 404)
        #expect(try await browser.open(path + "attachments/2/picture/").status == 404)
        #expect(
            try await browser.open(path + "attachments/2/").headers[.contentType]
                == "text/plain; charset=utf-8")
        #expect(!(try await browser.open(path).body.contains("<script>alert")))
    }

    @Test func `a picture is shown if it is one`() async throws {
        let server = try await TestServer()
        _ = try await server.makeUser()
        let browser = Browser(server)
        try await browser.signIn()

        _ = try await send(
            server,
            item("GIF89a", #""content_type":"image/gif""#) + item("<html>", #""content_type":"image/gif""#))

        let path = try await eventPath(server)
        let picture = try await browser.open(path + "attachments/1/picture/")
        #expect(picture.status == 200 && picture.headers[.contentType] == "image/gif")
        #expect(try await browser.open(path + "attachments/2/picture/").status == 404)
    }

    @Test func `equal contents are one file, and a second delivery adds nothing`() async throws {
        let server = try await TestServer()
        let large = String(repeating: "0123456789abcdef", count: 200_000)

        for _ in 0..<2 {
            _ = try await send(server, item(large) + item("x") + item("x") + item(large, #""filename":"b""#))
        }

        let project = server.project.id
        let found = try await server.parts.store.attachments(of: #require(.init(Self.event)), in: project)
        #expect(found.map(\.file.size) == [3_200_000, 1, 1, 3_200_000])
        #expect(Set(files(of: server)) == Set(found.map(\.file.digest.description)))
        #expect(files(of: server).count == 2)
    }

    @Test func `an attachment without bytes is kept, a placeholder is not`() async throws {
        let server = try await TestServer()
        let placeholder = #""content_type":"application/vnd.sentry.attachment-ref+json""#

        let reply = try await send(server, item("") + item("{}", placeholder) + item("", #""filename":"b""#))

        #expect(reply.status == 200)
        let found = try await server.parts.store.attachments(
            of: #require(.init(Self.event)), in: server.project.id)
        #expect(found.map(\.file.name.description) == ["unnamed", "b"])
    }

    @Test func `attachments of an event that is refused are not kept`() async throws {
        let server = try await TestServer()

        let reply = try await server.post(
            "/api/1/envelope/?sentry_key=\(server.key.publicKey)",
            "{}\n{\"type\":\"event\"}\n{broken\n" + item("abc"))
        await server.parts.outcomes.flush()

        #expect(reply.status == 400)
        #expect(files(of: server).isEmpty)
        let outcomes = try await server.parts.store.outcomes(of: server.project.id, sinceHour: 0)
        let lost = Outcome(.invalid, category: "attachment_item", reason: "invalid_json")
        #expect(outcomes.first { $0.outcome == lost }?.quantity == 1)
    }

    @Test func `attachments without any event are refused by name`() async throws {
        let server = try await TestServer()

        let reply = try await server.post(
            "/api/1/envelope/?sentry_key=\(server.key.publicKey)", "{}\n" + item("abc"))
        await server.parts.outcomes.flush()

        #expect(reply.status == 200)
        let outcomes = try await server.parts.store.outcomes(of: server.project.id, sinceHour: 0)
        #expect(outcomes.contains { $0.outcome.reason == "missing_event_id" })
        #expect(files(of: server).isEmpty)
    }

    @Test func `attachments may come later, by an envelope of their own`() async throws {
        let server = try await TestServer()

        _ = try await send(server, item("early"), event: false)
        _ = try await send(server, "")
        _ = try await send(server, item("late"), event: false)

        let found = try await server.parts.store.attachments(
            of: #require(.init(Self.event)), in: server.project.id)
        #expect(found.map(\.file.size) == [5, 4])
    }

    @Test func `files that lost their attachments go, others stay`() async throws {
        let server = try await TestServer()
        _ = try await send(server, item("kept") + item("removed"))
        let (store, project) = (server.parts.store, server.project.id)
        let event = try #require(EventID(Self.event))
        let second = try await store.attachments(of: event, in: project)[1]
        #expect(try await store.removeAttachment(second.id, of: event, in: project))
        let sweep = FileSweep(
            store: store, files: server.parts.files, logger: server.parts.logger, now: { .now })
        try await Task.sleep(for: .milliseconds(60))

        await sweep.run()

        #expect(files(of: server).count == 1)
        #expect(!files(of: server).contains(second.file.digest.description))
    }

    @Test func `orphans go after their time and files in use do not`() async throws {
        let server = try await TestServer()
        let files = server.parts.files
        var orphan = FileUpload()
        try orphan.append(Array("nobody's".utf8), in: files)
        let upload = orphan.finished()
        try await files.keep(upload)
        let sweep = FileSweep(
            store: server.parts.store, files: files, logger: server.parts.logger, now: { .now })
        try await Task.sleep(for: .milliseconds(60))

        try await sweep.removeOrphans(inFolder: upload.digest.bytes[0], age: 0)
        #expect(self.files(of: server).count == 1, "it is in use")
        files.release([upload.digest])
        try await sweep.removeOrphans(inFolder: upload.digest.bytes[0], age: 3600)
        #expect(self.files(of: server).count == 1, "it is young")
        try await Task.sleep(for: .milliseconds(60))
        try await sweep.removeOrphans(inFolder: upload.digest.bytes[0], age: 0)
        #expect(self.files(of: server).isEmpty)
    }

    @Test func `what was arriving when the server ended is cleared away`() async throws {
        let server = try await TestServer()
        _ = try await send(server, item("kept"))
        let left = "\(server.temporary.folder)/files/incoming/99"
        #expect(FileManager.default.createFile(atPath: left, contents: Data("half".utf8)))

        try server.parts.files.clear()

        #expect(!FileManager.default.fileExists(atPath: left))
        #expect(files(of: server).count == 1)
    }
}
