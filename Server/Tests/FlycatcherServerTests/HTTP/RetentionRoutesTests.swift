// Tests the page on which a project says how long and how much it keeps.

import Model
import Testing

@testable import FlycatcherServer

@Suite struct RetentionRoutesTests {
    private let server: TestServer
    private let page = "/projects/shop-api/retention/"

    init() async throws {
        server = try await TestServer(options: [
            .retentionDays: "30", .retentionSize: "2GB", .attachmentDays: "7",
        ])
    }

    private func limits() async throws -> RetentionLimits? {
        try await server.temporary.store.projectSettings()[server.project.id]?.retention
    }

    @Test func `limits are shown, saved, and taken back`() async throws {
        _ = try await server.makeUser()
        try await server.capture(#"{"message":"here"}"#)
        let browser = Browser(server)
        try await browser.signIn()

        let empty = try await browser.open(page).body
        #expect(empty.contains("1 event, ") && empty.contains("2,048 MB") && empty.contains("30, as the"))
        #expect(empty.contains("7, as the"), "days of attachments")
        let saved = try await browser.fill(page, "days=14&attachment_days=3&megabytes=500").body
        #expect(saved.contains("value=\"14\"") && saved.contains("Saved."))
        #expect(try await limits() == RetentionLimits(days: 14, bytes: 500 << 20, attachmentDays: 3))
        _ = try await browser.fill(page, "days=&attachment_days=&megabytes=")
        #expect(try await limits() == RetentionLimits())
    }

    @Test(arguments: [
        "days=0", "days=4000", "days=x", "megabytes=0", "megabytes=-1", "days=1.5", "attachment_days=0",
    ])
    func `what makes no sense is refused and nothing saved`(fields: String) async throws {
        _ = try await server.makeUser()
        let browser = Browser(server)
        try await browser.signIn()

        let reply = try await browser.fill(page, fields)

        #expect(reply.status == 422)
        #expect(reply.body.contains("role=\"alert\""))
        #expect(try await limits() == nil)
    }

    @Test func `members look and managers change`() async throws {
        _ = try await server.makeUser("kim@example.org", role: .member)
        let browser = Browser(server)
        try await browser.signIn("kim@example.org")

        let look = try await browser.open(page)
        #expect(look.status == 200 && !look.body.contains(">Save<"))
        #expect(try await browser.post(page, "form_token=\(look.formToken)&days=1").status == 403)
        #expect(try await limits() == nil)
    }
}
