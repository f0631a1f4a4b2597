// Tests whose pages are meant by what people write.

import Model
import Testing

@Suite struct AllowedOriginTests {
    @Test(arguments: [
        ("example.org", "https://example.org"), ("example.org", "http://example.org:8080"),
        ("example.org", "https://EXAMPLE.org/page?x=1"), ("Example.ORG", "https://example.org"),
        ("*.example.org", "https://example.org"), ("*.example.org", "https://a.b.example.org"),
        ("https://example.org", "https://example.org"), ("https://example.org", "https://example.org:443"),
        ("https://*.example.org", "https://a.example.org"), ("https://*", "https://anything.at.all"),
        ("http://example.org:8080", "http://example.org:8080"), ("localhost:3000", "http://localhost:3000"),
        ("example.org:80", "http://example.org"), ("example.org:*", "http://example.org:81"),
        ("https://example.org/", "https://example.org"), ("[::1]:8000", "http://[::1]:8000/a"),
        ("127.0.0.1", "http://127.0.0.1:5000"), ("null", "null"),
        ("chrome-extension://abc", "chrome-extension://abc"), ("*.example.org", "https://a.example.org:444"),
    ])
    func `the origin is covered`(allowed: String, origin: String) throws {
        let origins = try #require(AllowedOrigins([allowed]))

        #expect(origins.cover(origin))
    }

    @Test(arguments: [
        ("example.org", "https://example.org.evil.test"), ("example.org", "https://evil-example.org"),
        ("example.org", "https://a.example.org"), ("*.example.org", "https://badexample.org"),
        ("https://example.org", "http://example.org"), ("https://example.org", "https://example.org:8443"),
        ("localhost:3000", "http://localhost:3001"), ("example.org:80", "https://example.org"),
        ("example.org", "null"), ("example.org", ""), ("example.org", "https://example.org@evil.test"),
        ("example.org", "https://evil.test/?https://example.org"),
        ("example.org", "https://evil.test#example.org"),
        ("https://*", "http://example.org"), ("*.org", "https://"),
    ])
    func `the origin is not covered`(allowed: String, origin: String) throws {
        let origins = try #require(AllowedOrigins([allowed]))

        #expect(!origins.cover(origin))
    }

    @Test func `a star among others is every page, and nothing is none`() {
        #expect(AllowedOrigins(["example.org", "*"]) == nil)
        #expect(AllowedOrigins(["*"]) == nil)
        #expect(AllowedOrigins([])?.cover("https://example.org") == false)
    }

    @Test(arguments: [
        "", "a b", "exa*mple.org", "*.*.org", "https://", "example.org:port", "example.org:99999", "a@b.org",
        "é.org",
        "example.org/path", String(repeating: "a", count: 256),
    ])
    func `what is no origin is not taken`(text: String) {
        #expect(AllowedOrigin(text) == nil)
    }

    @Test func `lists say by line what is wrong`() {
        let lines = SettingsLines.origins(["  example.org ", "", "no origin", "*"])

        #expect(lines.entries == ["example.org", "*"])
        #expect(lines.errors.map(\.line) == [3])
    }

    @Test func `lists are bounded`() {
        let many = (0...AllowedOrigin.maximumCount).map { "h\($0).example" }

        #expect(SettingsLines.origins(many).errors.map(\.line) == [AllowedOrigin.maximumCount + 1])
        #expect(
            SettingsLines.names(["a", "ok", String(repeating: "x", count: 101)]).errors.map(\.line) == [1, 3])
    }

    @Test(arguments: [("  iOS   app ", "iOS app"), ("", nil), (" ", nil), ("a\u{0}", nil)])
    func `keys have names that can be read`(text: String, label: String?) {
        #expect(ProjectKey.label(text) == label)
        #expect(ProjectKey.label(String(repeating: "a", count: 65)) == nil)
    }
}
