// Tests how passwords are hashed.

import Crypto
import Model
import Testing

@testable import FlycatcherServer

@Suite struct PasswordHasherTests {
    private let hasher = PasswordHasher(cost: .cheap)

    @Test func `scrypt gives what its standard says`() throws {
        // RFC 7914, section 12: the first half of the third vector.
        let cost = ScryptCost(logRounds: 14, blockSize: 8, parallelism: 1)

        let key = try Scrypt(cost: cost, salt: Array("SodiumChloride".utf8)).key(of: "pleaseletmein")

        let hex = key.withUnsafeBytes {
            $0.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        }
        #expect(hex == "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2")
    }

    @Test func `a hash knows its password and no other`() async throws {
        let hash = try await hasher.hash(try #require(Password("correct horse")))

        #expect(try await hasher.verify("correct horse", against: hash))
        #expect(try await hasher.verify("correct horsf", against: hash) == false)
    }

    @Test func `equal passwords have different hashes`() async throws {
        let password = try #require(Password("correct horse"))

        #expect(try await hasher.hash(password) != hasher.hash(password))
    }

    @Test func `a hash brings its own cost`() async throws {
        let cost = ScryptCost(logRounds: 3, blockSize: 2, parallelism: 1)
        let hash = try await PasswordHasher(cost: cost).hash(try #require(Password("correct horse")))

        #expect(hash.encoded.hasPrefix("$scrypt$ln=3,r=2,p=1$"))
        #expect(try await hasher.verify("correct horse", against: hash))
    }

    @Test(arguments: [
        "", "$", "$bcrypt$ln=1,r=1,p=1$AAAA$AAAA", "$scrypt$ln=40,r=8,p=1$AAAA$AAAA",
        "$scrypt$ln=1$AAAA$AAAA",
        "$scrypt$ln=1,r=1,p=1$AAAA$AAAA",
        "$scrypt$ln=1,r=1,p=1$!$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    ])
    func `a hash of another kind is not verified`(text: String) async {
        await #expect(throws: PasswordHasherError.unknownHash) {
            try await hasher.verify("correct horse", against: PasswordHash(encoded: text))
        }
    }

    @Test func `more than a few at once are told to come back`() async throws {
        let slow = PasswordHasher(cost: ScryptCost(logRounds: 12, blockSize: 8, parallelism: 1))

        let refusals = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<200 {
                group.addTask { (try? await slow.verify("correct horse", against: nil)) == nil }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }

        #expect(refusals > 0 && refusals < 200)
    }

    @Test(arguments: [("1234567", false), ("12345678", true), (String(repeating: "ä", count: 501), false)])
    func `a password has a length within bounds`(text: String, isGood: Bool) {
        #expect((Password(text) != nil) == isGood)
    }

    @Test func `a password prints as stars`() throws {
        let password = try #require(Password("correct horse"))

        #expect("\(password)" == "***")
        #expect(String(reflecting: password).contains("horse") == false)
    }
}
