// Rules about users, sessions, links and tokens.

import FlycatcherWire
import Model
import Testing

extension StoreContract {
    static let accountRules = [
        Rule("a user is found by address in any case, with the password's hash", userByAddress),
        Rule("an address is taken once, in any case", addressTaken),
        Rule("users are listed oldest first", usersListed),
        Rule("a password can be set and replaced", passwordSet),
        Rule("what is meant for a user that does not exist is refused", unknownUser),
        Rule("a sign-in link works once", linkOnce),
        Rule("of many uses of one link at a time one works", racingLink),
        Rule("a sign-in link that expired does not work", linkExpires),
        Rule("a session lasts until it expires or is removed", sessions),
        Rule("a token is found by its digest", tokens),
    ]

    private static func digest(_ byte: UInt8) -> SecretDigest {
        SecretDigest(bytes: [UInt8](repeating: byte, count: 32))
    }

    private static func makeUser(_ store: any Store, _ email: String = "ada@example.com") async throws -> User
    {
        try await store.createUser(email: email, role: .manager, password: nil, at: .stub())
    }

    private static func userByAddress(_ store: any Store) async throws {
        let hash = PasswordHash(encoded: "scrypt$1")
        let user = try await store.createUser(
            email: "Ada@example.com", role: .owner, password: hash, at: .stub(1))

        let found = try #require(try await store.user(email: "ada@EXAMPLE.com"))
        #expect(found.user == user)
        #expect(found.password == hash)
        #expect(user.role == .owner && user.createdAt == .stub(1))
        #expect(try await store.user(email: "bob@example.com") == nil)
    }

    private static func addressTaken(_ store: any Store) async throws {
        _ = try await makeUser(store)

        await expectStoreError {
            if case .conflict = $0 { true } else { false }
        } from: {
            _ = try await makeUser(store, "ADA@example.com")
        }
        #expect(try await store.users().count == 1)
    }

    private static func usersListed(_ store: any Store) async throws {
        let users = [try await makeUser(store, "b@example.com"), try await makeUser(store, "a@example.com")]

        #expect(try await store.users() == users)
    }

    private static func passwordSet(_ store: any Store) async throws {
        let user = try await makeUser(store)
        #expect(try await store.user(email: user.email)?.password == nil)

        for encoded in ["one", "two"] {
            try await store.setPassword(PasswordHash(encoded: encoded), of: user.id)
            #expect(try await store.user(email: user.email)?.password?.encoded == encoded)
        }
    }

    private static func unknownUser(_ store: any Store) async throws {
        let nobody = UserID(4711)
        let isMissing = { (error: StoreError) in error == .missing("user 4711") }

        await expectStoreError(isMissing) {
            try await store.setPassword(PasswordHash(encoded: "x"), of: nobody)
        }
        await expectStoreError(isMissing) {
            try await store.addSignInLink(digest(1), for: nobody, expiresAt: .stub(60))
        }
        await expectStoreError(isMissing) {
            try await store.addSession(digest(1), for: nobody, formToken: "x", expiresAt: .stub(60))
        }
    }

    private static func linkOnce(_ store: any Store) async throws {
        let user = try await makeUser(store)
        try await store.addSignInLink(digest(1), for: user.id, expiresAt: .stub(60))

        #expect(try await store.takeSignInLink(digest(2), at: .stub()) == nil)
        #expect(try await store.takeSignInLink(digest(1), at: .stub()) == user)
        #expect(try await store.takeSignInLink(digest(1), at: .stub()) == nil)
    }

    private static func racingLink(_ store: any Store) async throws {
        let user = try await makeUser(store)
        try await store.addSignInLink(digest(1), for: user.id, expiresAt: .stub(60))

        let successes = try await withThrowingTaskGroup(of: User?.self) { group in
            for _ in 0..<20 { group.addTask { try await store.takeSignInLink(digest(1), at: .stub()) } }
            return try await group.reduce(0) { $0 + ($1 == nil ? 0 : 1) }
        }

        #expect(successes == 1)
    }

    private static func linkExpires(_ store: any Store) async throws {
        let user = try await makeUser(store)
        try await store.addSignInLink(digest(1), for: user.id, expiresAt: .stub(60))

        #expect(try await store.takeSignInLink(digest(1), at: .stub(60)) == nil)
        #expect(try await store.takeSignInLink(digest(1), at: .stub(59)) == nil)
    }

    private static func sessions(_ store: any Store) async throws {
        let user = try await makeUser(store)
        try await store.addSession(digest(1), for: user.id, formToken: "form", expiresAt: .stub(60))
        try await store.addSession(digest(2), for: user.id, formToken: "other", expiresAt: .stub(60))

        let session = try #require(try await store.session(digest(1), at: .stub(59)))
        #expect(session.user == user)
        #expect(session.formToken == "form")
        #expect(session.expiresAt == .stub(60))
        #expect(try await store.session(digest(1), at: .stub(60)) == nil)
        try await store.removeSession(digest(1))
        #expect(try await store.session(digest(1), at: .stub()) == nil)
        #expect(try await store.session(digest(2), at: .stub())?.formToken == "other")
    }

    private static func tokens(_ store: any Store) async throws {
        let made = try await store.addToken(
            digest(1), name: "ci", scopes: ["event:read", "org:read"], at: .stub())
        let bare = try await store.addToken(digest(2), name: "none", scopes: [], at: .stub())

        #expect(try await store.token(digest(1)) == made)
        #expect(try await store.token(digest(2)) == bare)
        #expect(made.scopes == ["event:read", "org:read"])
        #expect(try await store.token(digest(3)) == nil)
    }
}
