// Tests the pages on which people change the settings and keys of a project.

import FlycatcherWire
import Model
import Testing

@testable import FlycatcherServer

@Suite struct SettingsRoutesTests {
    private let keys = "/projects/shop-api/settings/keys/"

    private func signedIn(_ role: Role = .manager) async throws -> (TestServer, Browser) {
        let server = try await TestServer()
        _ = try await server.makeUser(role: role)
        let browser = Browser(server)
        try await browser.signIn()
        return (server, browser)
    }

    private func key(_ server: TestServer, _ index: Int = 0) async throws -> ProjectKey {
        let all = try await server.parts.store.projectKeys()
        return try #require(all.indices.contains(index) ? all[index] : nil)
    }

    @Test func `a key is made, named and limited on its page`() async throws {
        let (server, browser) = try await signedIn()

        #expect(try await browser.fill(keys, "label=iOS+app").location == keys)
        let made = try await key(server, 1)
        let reply = try await browser.fill(
            keys, "do=save&label=Android&limit_count=500&limit_seconds=3600", action: "\(keys)\(made.id)/")

        #expect(reply.body.contains("500 events an hour"))
        #expect(reply.body.contains(made.publicKey) && reply.body.contains("Android"))
        let changed = try await key(server, 1)
        #expect(changed.label == "Android" && changed.limit == KeyLimit(count: 500, windowSeconds: 3600))
    }

    @Test func `a key is disabled, enabled, rotated and deleted on its page`() async throws {
        let (server, browser) = try await signedIn()
        let action = "\(keys)\(server.key.id)/"

        #expect(try await browser.fill(keys, "do=disable", action: action).body.contains("DISABLED"))
        #expect(try await !key(server).isEnabled)
        try await browser.fill(keys, "do=enable", action: action)
        #expect(try await key(server).isEnabled)

        #expect(
            try await browser.fill(keys, "do=rotate&after=3600", action: action).body.contains("ENDS in "))
        let (old, next) = (try await key(server), try await key(server, 1))
        #expect(old.isOpen(at: .now) && old.endsAt != nil)
        #expect(next.label == old.label && next.publicKey != old.publicKey)

        try await browser.fill(keys, "do=rotate&after=0", action: "\(keys)\(next.id)/")
        #expect(try await !key(server, 1).isEnabled)
        try await browser.fill(keys, "do=delete", action: action)
        #expect(try await server.parts.store.projectKeys().count == 2)
        #expect(try await browser.open(keys).body.contains(next.publicKey))
    }

    @Test(arguments: [
        "do=save&label=", "do=save&label=a&limit_count=x&limit_seconds=60",
        "do=save&label=a&limit_count=1&limit_seconds=0", "do=save&label=\(String(repeating: "a", count: 65))",
    ])
    func `a key that makes no sense is refused`(fields: String) async throws {
        let (server, browser) = try await signedIn()

        let reply = try await browser.fill(keys, fields, action: "\(keys)\(server.key.id)/")

        #expect(reply.status == 422)
        #expect(try await key(server) == server.key)
    }

    @Test func `keys of other projects are not found`() async throws {
        let (server, browser) = try await signedIn()
        let (_, foreign) = try await server.parts.store.createProject(ProjectDraft(name: "Blog"), at: .now)

        let reply = try await browser.fill(keys, "do=delete", action: "\(keys)\(foreign.id)/")

        #expect(reply.status == 404)
        #expect(try await server.parts.store.projectKeys().contains(foreign))
    }

    @Test func `members look and change nothing`() async throws {
        let (server, browser) = try await signedIn(.member)
        for (page, fields) in [
            (keys, "label=mine"), ("/projects/shop-api/settings/origins/", "origins="),
            ("/projects/shop-api/settings/scrubbing/", "words="),
        ] {
            let seen = try await browser.open(page)
            let reply = try await browser.fill("/settings/account/", fields, action: page)

            #expect(seen.status == 200 && !seen.body.contains("<button class=\"primary\""))
            #expect(reply.status == 403)
        }
        #expect(try await server.parts.store.projectSettings().isEmpty)
        #expect(try await server.parts.store.projectKeys().count == 1)
    }

    @Test func `origins are saved, and what is none is said by line`() async throws {
        let (server, browser) = try await signedIn()
        let page = "/projects/shop-api/settings/origins/"

        let wrong = try await browser.fill(page, "origins=example.org%0D%0Ano+origin")
        #expect(wrong.status == 422 && wrong.body.contains("line 2:") && wrong.body.contains("no origin"))
        #expect(try await server.parts.store.projectSettings().isEmpty)

        let right = try await browser.fill(page, "origins=example.org%0D%0A%0D%0A*.example.net")
        #expect(right.status == 200)
        let settings = try await server.parts.store.settings(of: server.project.id)
        #expect(settings.allowedOrigins == ["example.org", "*.example.net"])
        #expect(try await browser.open(page).body.contains("example.org\n*.example.net"))
    }

    @Test func `scrubbing is saved with all of its fields`() async throws {
        let (server, browser) = try await signedIn()
        let page = "/projects/shop-api/settings/scrubbing/"
        #expect(try await browser.open(page).body.contains("name=\"is_on\" value=\"1\" checked"))

        let reply = try await browser.fill(
            page, "removes_addresses=1&words=badge%0D%0Apin_no&names=token_count")

        #expect(reply.status == 200 && !reply.body.contains("name=\"is_on\" value=\"1\" checked"))
        let scrubbing = try await server.parts.store.settings(of: server.project.id).scrubbing
        #expect(!scrubbing.isOn && scrubbing.removesAddresses)
        #expect(scrubbing.additionalWords == ["badge", "pin_no"] && scrubbing.safeNames == ["token_count"])
        #expect(try await browser.fill(page, "is_on=1&words=x").status == 422)
    }

    @Test func `the way around a project is on each of its pages`() async throws {
        let (_, browser) = try await signedIn()

        #expect(try await browser.open("/projects/shop-api/settings/").location == keys)
        for path in ["setup/", "settings/keys/", "settings/origins/", "settings/scrubbing/", "grouping/"] {
            let page = try await browser.open("/projects/shop-api/\(path)").body
            #expect(page.contains("href=\"/projects/shop-api/\(path)\" aria-current=\"page\""), "\(path)")
        }
    }
}
