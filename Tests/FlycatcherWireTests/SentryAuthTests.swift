// SentryAuth: the header's grammar, the query, and what we write ourselves.

import FlycatcherWire
import Testing

@Suite struct SentryAuthTests {
    @Test(arguments: [
        "Sentry sentry_version=7, sentry_key=abc, sentry_client=x/1",
        "sentry sentry_key=abc,sentry_client=x/1",
        "SENTRY   sentry_client=x/1 ,\tsentry_key=abc  ,  sentry_timestamp=1",
        "Sentry sentry_key=abc sentry_client=x%2F1 sentry_version=7",
        "Sentry sentry_key=%61bc,,sentry_client=x/1,foo=bar,noise,sentry_version=",
        "Sentry SENTRY_KEY=abc, sentry_client=x/1, sentry_key=abc, sentry_version=5",
    ])
    func `each way to write the header says the same`(header: String) throws {
        let auth = try SentryAuth(header: header)

        #expect(auth.publicKey == "abc")
        #expect(auth.client == "x/1")
    }

    @Test(arguments: [
        ("Sentry sentry_key=a", 7), ("Sentry sentry_key=a, sentry_version=7", 7),
        ("Sentry sentry_key=a, sentry_version=5", 5), ("Sentry sentry_key=a, sentry_version=0", 0),
    ])
    func `the version is 7 unless it is said to be older`(header: String, version: Int) throws {
        #expect(try SentryAuth(header: header).version == version)
    }

    @Test(arguments: [
        ("", SentryAuthError.otherScheme, 401),
        ("Basic YTpi", .otherScheme, 401),
        ("Sentrysentry_key=a", .otherScheme, 401),
        ("Sentry", .missingKey, 401),
        ("Sentry sentry_version=7", .missingKey, 401),
        ("Sentry sentry_key=", .missingKey, 401),
        ("Sentry sentry_key=a, sentry_key=b", .contradictoryKeys, 401),
        ("Sentry sentry_key=a, sentry_version=x", .malformedVersion, 401),
        ("Sentry sentry_key=a, sentry_version=-1", .malformedVersion, 401),
        ("Sentry sentry_key=a, sentry_version=99999999999999999999", .malformedVersion, 401),
        ("Sentry sentry_key=a, sentry_version=8", .unsupportedVersion(8), 400),
    ])
    func `a header that does not name a key is refused`(header: String, error: SentryAuthError, status: Int) {
        #expect(throws: error) { try SentryAuth(header: header) }
        #expect(error.statusCode == status)
    }

    @Test func `the query stands in for the header`() throws {
        let auth = try SentryAuth(
            query: "a=b&sentry_key=abc&sentry_version=6&sentry_client=x%2F1&sentry_secret=s")

        #expect(auth.publicKey == "abc")
        #expect(auth.version == 6)
        #expect(auth.client == "x/1")
        #expect(auth.secretKey?.value == "s")
        #expect(throws: SentryAuthError.missingKey) { try SentryAuth(query: "a=b") }
        #expect(throws: SentryAuthError.missingKey) { try SentryAuth(query: "") }
    }

    @Test func `broken percent signs stay as they are`() throws {
        #expect(try SentryAuth(header: "Sentry sentry_key=a%").publicKey == "a%")
        #expect(try SentryAuth(header: "Sentry sentry_key=a%4").publicKey == "a%4")
        #expect(try SentryAuth(header: "Sentry sentry_key=%zz%25").publicKey == "%zz%")
        #expect(try SentryAuth(header: "Sentry sentry_key=%FF").publicKey == "\u{FFFD}")
    }

    @Test(arguments: ["abc", "a b", "a,b=c", "100%", "ü", "a\r\nX-Evil: 1", "a&b", "%41"])
    func `whatever the key, the written header reads back`(key: String) throws {
        let auth = SentryAuth(
            publicKey: key, client: "flycatcher.swift/0.1.0 (x; y)", secretKey: DSN.SecretKey("s, t"))

        #expect(try SentryAuth(header: auth.headerValue) == auth)
        #expect(auth.headerValue.utf8.allSatisfy { (0x20..<0x7F).contains($0) })
    }

    @Test func `the written header is the one that servers know`() {
        let auth = SentryAuth(publicKey: "0123", client: "flycatcher.swift/0.1.0")

        #expect(
            auth.headerValue
                == "Sentry sentry_version=7, sentry_key=0123, sentry_client=flycatcher.swift/0.1.0")
        #expect(!"\(SentryAuth(publicKey: "k", secretKey: DSN.SecretKey("hush")))".contains("hush"))
    }
}
