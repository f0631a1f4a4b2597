// Projects and their first steps.

import FlycatcherWire
import Model
import Testing

@testable import Web

struct ProjectPagesTests {
    private let dsn = Result { try DSN("https://0123456789abcdef0123456789abcdef@errors.example/fly/7") }

    @Test(arguments: SetupPlatform.allCases)
    func `every platform has steps that hold the key and the project`(platform: SetupPlatform) throws {
        let code = try platform.steps(for: dsn.get()).map(\.code).joined(separator: "\n")

        #expect(code.contains("0123456789abcdef0123456789abcdef"))
        #expect(code.contains("errors.example/fly/"))
        #expect(code.contains("7"))
    }

    @Test func `curl posts to the project's own endpoint`() throws {
        let code = try SetupPlatform.curl.steps(for: dsn.get())[0].code

        #expect(code.contains("curl 'https://errors.example/fly/api/7/store/'"))
    }

    @Test(arguments: [
        ("python", SetupPlatform.python), ("javascript", .browser), ("native", .swift), ("csharp", .dotnet),
        ("sentry-cli", .sentryCLI),
    ])
    func `platforms are found by the names that events and URLs use`(name: String, platform: SetupPlatform) {
        #expect(SetupPlatform(named: name) == platform)
    }

    @Test func `the setup page waits, with and without scripts, until an event is there`() async throws {
        let project = Project.stub(platform: "elixir", firstEventAt: nil)
        let page = try await ProjectSetupPage(
            project, dsn: dsn.get(), platform: nil, store: PageStore(), context: .stub())
        let html = try Rendered.html(page)

        #expect(html.contains("<noscript><meta http-equiv=\"refresh\" content=\"5\"></noscript>"))
        #expect(html.contains("data-status=\"/projects/shop-api/setup/status\""))
        #expect(html.contains("https://0123456789abcdef0123456789abcdef@errors.example/fly/7</pre>"))
    }

    @Test func `the setup page turns when the first event is there`() async throws {
        let page = try await ProjectSetupPage(
            .stub(), dsn: dsn.get(), platform: "go", store: PageStore(found: [.stub()]), context: .stub())
        let html = try Rendered.html(page)

        #expect(
            html.contains("href=\"/issues/FLY-1A/\">OrderError: saveFailed(id: 17): connection closed</a>"))
        #expect(!html.contains("http-equiv"))
        #expect(html.contains("go get github.com/getsentry/sentry-go"))
    }

    @Test func `the status is null until there is an issue, then its path`() async throws {
        let context = PageContext.stub(publicURL: "https://errors.example/fly")
        let none = try await ProjectSetupPage.status(of: .stub(), store: PageStore(), context: context)
        let one = try await ProjectSetupPage.status(
            of: .stub(), store: PageStore(found: [.stub()]), context: context)

        #expect(String(decoding: none, as: UTF8.self) == #"{"issue":null}"#)
        #expect(String(decoding: one, as: UTF8.self) == #"{"issue":"/fly/issues/FLY-1A/"}"#)
    }

    @Test func `only those who may make projects are offered the form`() throws {
        var context = PageContext.stub()
        #expect(try Rendered.html(ProjectListPage(context: context)).contains("name=\"platform\""))

        context.user = User(id: UserID(2), email: "m@shop.example", role: .member, createdAt: .present)
        #expect(!(try Rendered.html(ProjectListPage(context: context))).contains("name=\"platform\""))
    }
}
