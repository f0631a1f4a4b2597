// Secrets do not show, errors say what to do.

import Model
import Testing

@Suite struct SecretTests {
    @Test func `secrets print themselves as stars`() {
        #expect("\(PasswordHash(encoded: "scrypt$abc"))" == "***")
        #expect("\(SecretDigest(bytes: [1, 2, 3]))" == "***")
    }

    @Test(arguments: [
        (StoreError.overloaded, "the write queue is full, try again later"),
        (.unavailable("disk I/O error"), "the database is unavailable: disk I/O error"),
        (.damaged("no zstd frame"), "what was stored is damaged: no zstd frame"),
        (.closed, "the store is closed"),
        (.conflict("a user with this address"), "a user with this address exists already"),
        (.missing("project 7"), "project 7 does not exist"),
    ])
    func `store errors are sentences for whoever reads the log`(error: StoreError, text: String) {
        #expect(error.description == text)
    }
}
