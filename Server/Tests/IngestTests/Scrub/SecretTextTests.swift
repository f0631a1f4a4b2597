// What is taken out of running text, and what stays.

import Testing

@testable import Ingest

@Suite struct SecretTextTests {
    @Test(arguments: [
        ("GET https://bob:hunter2@shop.example/cart", "GET https://[Filtered]@shop.example/cart"),
        ("postgres://app:p%40ss@db:5432/shop", "postgres://[Filtered]@db:5432/shop"),
        ("redis://:hunter2@cache/0", "redis://[Filtered]@cache/0"),
        ("https://ghp_0123456789abcdefghij@github.com/x", "https://[Filtered]@github.com/x"),
        ("two a://b:c@d e://f:g@h", "two a://[Filtered]@d e://[Filtered]@h"),
        ("/login?user=bob&password=hunter2&next=/", "/login?user=bob&password=[Filtered]&next=/"),
        ("access_token=abc", "access_token=[Filtered]"),
        ("User(name='bob', password='hun\\'ter2', age=3)", "User(name='bob', password='[Filtered]', age=3)"),
        ("token = \"a b c\" and more", "token = \"[Filtered]\" and more"),
        ("env['API_KEY']='abc'", "env['API_KEY']='[Filtered]'"),
        ("{\"password\": \"hunter2\", \"a\": 1}", "{\"password\": \"[Filtered]\", \"a\": 1}"),
        ("{'password': 'hunter2'}", "{'password': '[Filtered]'}"),
        ("{\"secret\":12345,\"a\":1}", "{\"secret\":[Filtered],\"a\":1}"),
        ("{\"credentials\": {\"a\": [1, 2]}, \"b\": 2}", "{\"credentials\": [Filtered], \"b\": 2}"),
        (#"body: {\"token\": \"abc\", \"a\": 1}"#, #"body: {\"token\": \"[Filtered]\", \"a\": 1}"#),
        ("Authorization: Bearer abc.def\nHost: x", "Authorization: [Filtered]\nHost: x"),
        ("cookie: a=1; b=2", "cookie: [Filtered]"),
        ("password: hunter2 was wrong", "password: [Filtered] was wrong"),
        ("-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY----- ok", "[Filtered] ok"),
        ("cut -----BEGIN PRIVATE KEY-----\nMIIE", "cut [Filtered]"),
        ("card 4111 1111 1111 1111 declined", "card [Filtered] declined"),
        ("4111111111111111", "[Filtered]"), ("3782-822463-10005", "[Filtered]"),
        ("pan:5555555555554444,", "pan:[Filtered],"),
    ])
    func `secrets are covered`(text: String, clean: String) {
        #expect(cleaned(text) == clean)
    }

    @Test(arguments: [
        "", "plain text", "https://shop.example/cart?item=3", "ssh://git@host/repo", "bob@example.com: hi",
        "12:34:56",
        "if token == other", "x != secret", "InvalidToken: expected a name",
        "AuthenticationError: no such user",
        "2026-03-01T10:00:00.000000Z", "550e8400-e29b-41d4-a716-446655440000", "1772359190123456",
        "4111111111111112",
        "a4111111111111111", "0.4111111111111111", "41111111111111111111111",
        "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
        "-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----", "author='Bob'", "password=",
        "password=[Filtered]",
        "key: value", "::::====----", "http://", "Größe=5", "{\"password\": \"[Filtered]\"}",
    ])
    func `what is no secret stays`(text: String) {
        #expect(cleaned(text) == nil)
    }

    @Test func `source code keeps its assignments`() {
        #expect(cleaned("token = next(tokens)", .code) == nil)
        #expect(cleaned("card = '4111111111111111'", .code) == nil)
        #expect(cleaned("db = 'postgres://a:b@c/d'", .code) == "db = 'postgres://[Filtered]@c/d'")
    }

    @Test func `a card is found at every place of a text`() {
        for offset in 0..<40 {
            let filler = String(repeating: "x", count: offset)
            #expect(cleaned("\(filler) 4111111111111111 \(filler)") == "\(filler) [Filtered] \(filler)")
        }
    }

    @Test func `every mark is found at every place of a text`() {
        for offset in 0..<20 {
            let filler = String(repeating: ".", count: offset) + " "
            #expect(cleaned("\(filler)token=abc") == "\(filler)token=[Filtered]")
        }
    }

    @Test(arguments: [
        ("-----BEGIN PRIVATE KEY-----", true), ("https://bob:hunter2@shop.example", true),
        (#"https:\/\/bob:hunter2@shop.example"#, true), ("bob@shop.example", false), ("a--b -- c", false),
    ])
    func `source code is looked at when it may hold a secret, wherever that stands`(
        text: String, mayHoldSecret: Bool
    ) {
        for offset in 0..<70 {
            let filler = [UInt8](repeating: UInt8(ascii: "x"), count: offset) + [UInt8(ascii: " ")]
            for json in [filler + text.utf8, filler + text.utf8 + filler] {
                #expect(SecretText.mayHoldSecretOfCode(json.span) == mayHoldSecret)
            }
        }
    }

    @Test(arguments: [
        "=", ":", "-", "://", "1", "1 ", "'", "password=", "\"token\":", "-----BEGIN KEY", "{\"token\":[",
    ])
    func `a hostile text of a megabyte is read in passing`(unit: String) {
        let text = String(repeating: unit, count: (1 << 20) / unit.utf8.count)

        // Quadratic work would take hours.
        _ = cleaned(text)
        #expect(cleaned(text + " card 4111 1111 1111 1111")?.contains("1111 1111") != true)
    }

    private func cleaned(_ text: String, _ language: SecretText.Language = .prose) -> String? {
        var text = text
        return text.withUTF8 { ScrubbingRules.usual.clean($0.span, language)?.text }
    }
}
