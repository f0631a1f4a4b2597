// Tests what commands do on a data folder.

import FlycatcherWire
import Model
import Testing

@testable import FlycatcherServer

@Suite struct InstallationTests {
    private let temporary: TemporaryStore
    private let installation: Installation

    init() throws {
        temporary = try TemporaryStore()
        let configuration = try Configuration(options: [.data: temporary.folder])
        installation = Installation(configuration, store: temporary.store)
    }

    @Test func `a new installation gets a project, an owner and a way in`() async throws {
        let link = try #require(try await installation.prepare())

        #expect(try await temporary.store.projects().map(\.name) == ["My app"])
        #expect(try await temporary.store.users().map(\.email) == ["owner@localhost"])
        #expect(try await installation.accounts.takeSignInLink(link.text)?.role == .owner)
    }

    @Test func `later starts make nothing anew, and print links only until someone has a password`()
        async throws
    {
        let first = try await installation.prepare()
        let second = try await installation.prepare()
        _ = try await installation.createUser(
            email: "jo@example.org", role: .member, password: "correct horse")

        #expect(first != nil && second != nil && first != second)
        #expect(try await installation.prepare() == nil)
        #expect(try await temporary.store.projects().count == 1)
    }

    @Test func `a user without a password gets a link`() async throws {
        let receipt = try await installation.createUser(
            email: "Jo@Example.org", role: .manager, password: nil)

        #expect(receipt.user.email == "jo@example.org")
        let link = try #require(receipt.signInLink)
        #expect(link.hasPrefix("http://127.0.0.1:8000/sign-in/"))
    }

    @Test(
        arguments: [
            ("jo@example.org", nil, InstallationError.emailTaken("jo@example.org")),
            ("nobody", nil, .badEmail("nobody")), ("kim@example.org", "short", .poorPassword),
        ] as [(String, String?, InstallationError)])
    func `users that make no sense are refused`(
        email: String, password: String?, error: InstallationError
    ) async throws {
        _ = try await installation.createUser(email: "jo@example.org", role: .member, password: nil)

        await #expect(throws: error) {
            try await installation.createUser(email: email, role: .member, password: password)
        }
    }

    @Test func `a token may read everything and change nothing unless scopes are named`() async throws {
        let all = try await installation.createToken(name: "all", scopes: [])
        let some = try await installation.createToken(name: "some", scopes: ["event:write"])

        #expect(all.token.scopes == TokenScope.reading)
        #expect(some.token.scopes == ["event:write"])
        #expect(try await installation.accounts.token(some.secret) == some.token)
        await #expect(throws: InstallationError.unknownScope("root")) {
            try await installation.createToken(name: "x", scopes: ["root"])
        }
        await #expect(throws: InstallationError.badTokenName) {
            try await installation.createToken(name: " ", scopes: [])
        }
    }

    @Test func `commands print the address that the server had`() async throws {
        let seen = ServerAddress(
            publicURL: PublicURL(listeningOn: "errors.example", port: 80),
            localURL: PublicURL(listeningOn: "127.0.0.1", port: 4711))
        _ = try await installation.report(at: seen, link: nil)
        let project = try await installation.createProject(ProjectDraft(name: "Shop"))

        #expect(project.dsn?.baseURL == "http://errors.example")
        #expect(try await installation.localDSN().baseURL == "http://127.0.0.1:4711")
    }

    @Test func `an address file that makes no sense is as good as none`() throws {
        let file = AddressFile(dataFolder: temporary.folder)
        #expect(file.read() == nil)

        let address = ServerAddress(try Configuration())
        try file.write(address)

        #expect(file.read() == address)
    }

    @Test func `figures sum outcomes over projects`() async throws {
        let moment = Timestamp.now
        let accepted = Outcome(.accepted, category: "error")
        for name in ["One", "Two"] {
            let (project, key) = try await temporary.store.createProject(ProjectDraft(name: name), at: moment)
            try await temporary.store.count([
                OutcomeKey(project: project.id, key: key.id, outcome: accepted, at: moment): 2
            ])
        }

        let figures = try await installation.figures()

        #expect(figures.totals.projects == 2)
        #expect(figures.outcomes.map(\.outcome) == [accepted])
        #expect(figures.outcomes.map(\.quantity) == [4])
    }
}
