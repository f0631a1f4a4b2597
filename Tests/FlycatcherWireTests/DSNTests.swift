// DSN: what is read, what is refused, and the URLs that come of it.

import FlycatcherWire
import Testing

@Suite struct DSNTests {
    @Test func `every part is read`() throws {
        let dsn = try DSN("https://key:secret@O42.Example.com:8443/a/b/project")

        #expect(dsn.scheme == "https")
        #expect(dsn.publicKey == "key")
        #expect(dsn.secretKey?.value == "secret")
        #expect(dsn.host == "o42.example.com")
        #expect(dsn.port == 8443)
        #expect(dsn.path == "/a/b")
        #expect(dsn.projectID == "project")
        #expect(dsn.organizationID == "42")
    }

    @Test(arguments: [
        ("https://k@h.example:8443/sub/42", "https://h.example:8443/sub/api/42/envelope/"),
        ("https://k@h.example/42", "https://h.example/api/42/envelope/"),
        ("http://k@h.example/42", "http://h.example/api/42/envelope/"),
        ("http://k@h.example:80/42", "http://h.example/api/42/envelope/"),
        ("https://k@h.example:443/42", "https://h.example/api/42/envelope/"),
        ("https://k@h.example:80/42", "https://h.example:80/api/42/envelope/"),
        ("http://k@h.example:443/42", "http://h.example:443/api/42/envelope/"),
        ("HTTPS://k@H.Example/42", "https://h.example/api/42/envelope/"),
        ("https://k:s@h.example/a/b/c/42", "https://h.example/a/b/c/api/42/envelope/"),
        ("https://k:@h.example/42", "https://h.example/api/42/envelope/"),
        ("https://k@h.example/42/", "https://h.example/api/42/envelope/"),
        ("https://k@h.example//42//", "https://h.example/api/42/envelope/"),
        ("https://k@h.example/42?timeout=5#x", "https://h.example/api/42/envelope/"),
        ("  https://k@h.example/42\r\n", "https://h.example/api/42/envelope/"),
        ("http://k@localhost:8000/1", "http://localhost:8000/api/1/envelope/"),
        ("http://k@127.0.0.1:8000/1", "http://127.0.0.1:8000/api/1/envelope/"),
        ("http://k@my_service:9000/1", "http://my_service:9000/api/1/envelope/"),
        ("http://k@[::1]:8000/1", "http://[::1]:8000/api/1/envelope/"),
        ("http://k@[2001:DB8::1]/1", "http://[2001:db8::1]/api/1/envelope/"),
        ("http://k@[::ffff:10.0.0.1]:65535/x/1", "http://[::ffff:10.0.0.1]:65535/x/api/1/envelope/"),
        ("https://a@b@h.example/42", "https://h.example/api/42/envelope/"),
    ])
    func `the envelope endpoint follows from the text`(text: String, url: String) throws {
        #expect(try DSN(text).endpointURL("envelope") == url)
    }

    @Test(arguments: [
        ("", DSNError.empty),
        (" \n\t ", .empty),
        (String(repeating: "x", count: 2049), .tooLong),
        ("https://k@h.example/4 2", .forbiddenCharacter),
        ("https://k@h.example/4\u{0}2", .forbiddenCharacter),
        ("https://k@h.example\r\nX: y/42", .forbiddenCharacter),
        ("https://k@hé.example/42", .forbiddenCharacter),
        ("https://k@h.example/<42>", .forbiddenCharacter),
        ("k@h.example/42", .missingScheme),
        ("https:/k@h.example/42", .missingScheme),
        ("ftp://k@h.example/42", .unsupportedScheme),
        ("://k@h.example/42", .unsupportedScheme),
        ("https://h.example/42", .missingPublicKey),
        ("https://@h.example/42", .missingPublicKey),
        ("https://:secret@h.example/42", .missingPublicKey),
        ("https://h.example/k@42", .missingPublicKey),
        ("https://k@/42", .invalidHost),
        ("https://k@:80/42", .invalidHost),
        ("https://k@h%41/42", .invalidHost),
        ("https://k@[::1/42", .invalidHost),
        ("https://k@[]/42", .invalidHost),
        ("https://k@[h.example]/42", .invalidHost),
        ("https://k@h.example:/42", .invalidPort),
        ("https://k@h.example:0/42", .invalidPort),
        ("https://k@h.example:65536/42", .invalidPort),
        ("https://k@h.example:99999999999999999999/42", .invalidPort),
        ("https://k@h.example:+80/42", .invalidPort),
        ("https://k@h.example:80:90/42", .invalidPort),
        ("https://k@[::1]80/42", .invalidPort),
        ("https://k@h.example", .missingProject),
        ("https://k@h.example/", .missingProject),
        ("https://k@h.example///", .missingProject),
        ("https://k@h.example?/42", .missingProject),
    ])
    func `a malformed text is refused by its wrong part`(text: String, error: DSNError) {
        #expect(throws: error) { try DSN(text) }
    }

    @Test(arguments: [
        ("o1.ingest.example", "1"), ("O0042.x", "0042"), ("o.x", nil), ("o12", nil), ("o1a.x", nil),
        ("x1.y", nil), ("a.o1.y", nil), ("o-1.x", nil),
    ])
    func `the organisation is the number of the host's first label`(host: String, id: String?) throws {
        #expect(try DSN("https://k@\(host)/1").organizationID == id)
    }

    @Test func `a secret shows nowhere by itself`() throws {
        let dsn = try DSN("https://key:hush@h.example/42")
        var dumped = ""
        dump(dsn, to: &dumped)

        #expect(dsn.description == "https://key:***@h.example/42")
        #expect(dsn.publicText == "https://key@h.example/42")
        #expect(!"\(dsn) \(dsn.debugText) \(dumped)".contains("hush"))
    }

    @Test func `no error repeats the text`() {
        for text in ["https://hush@/1", "hush", "https://hush@h:x/1", "hush://k@h/1", "https://hush@h"] {
            let error = #expect(throws: DSNError.self) { try DSN(text) }
            #expect(error.map { !"\($0)".contains("hush") } ?? false)
        }
    }

    @Test func `a DSN without a secret survives being printed and read again`() throws {
        for text in ["https://k@h.example/42", "http://k@[::1]:8000/a/b/42", "https://k@h.example:80/p"] {
            let dsn = try DSN(text)

            #expect(dsn.description == text)
            #expect(try DSN(dsn.description) == dsn)
        }
    }

    @Test(arguments: [
        ("https://k@h.example/42", "https://h.example/api/42/envelope/", true),
        ("https://k@h.example/42", "https://H.example:443", true),
        ("https://k@h.example/42", "https://user:pw@h.example/x?y", true),
        ("https://k@h.example/42", "https://h.example:8443/", false),
        ("https://k@h.example/42", "https://api.h.example/", false),
        ("https://k@h.example/42", "https://other.example/?url=https://h.example/", false),
        ("https://k@h.example/42", "h.example", false),
        ("http://k@[::1]:8000/42", "http://[::1]:8000/api/", true),
        ("https://k@h.example/sub/42", "https://h.example/sub/api/42/envelope/", true),
        ("https://k@h.example/sub/42", "https://h.example/sub?x", true),
        ("https://k@h.example/sub/42", "https://h.example/submarine", false),
        ("https://k@h.example/sub/42", "https://h.example/", false),
    ])
    func `a URL that leads to the server is told from others`(dsn: String, url: String, isTarget: Bool) throws
    {
        #expect(try DSN(dsn).isTarget(of: url) == isTarget)
    }
}

extension DSN {
    fileprivate var debugText: String { String(reflecting: self) + String(reflecting: secretKey) }
}
