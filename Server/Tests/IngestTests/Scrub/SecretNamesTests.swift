// Which names mark a value as secret.

import Testing

@testable import Ingest

@Suite struct SecretNamesTests {
    @Test(arguments: [
        "password", "PASSWORD", "user_password", "passwordHash", "passwd", "my.passwd", "secret",
        "AWS_SECRET_ACCESS_KEY",
        "api_key", "apikey", "api-key", "X-Api-Key", "apiKey", "auth", "Authorization", "oauth",
        "x-auth-token",
        "credentials", "mysql_pwd", "private_key", "privateKey", "private-key", "token", "access_token",
        "csrftoken",
        "bearer", "sessionid", "session_id", "passphrase", "author_token", "author secret", "xsrf",
    ])
    func `a name that holds a word is secret`(name: String) {
        #expect(ScrubbingRules.usual.isSecret(name))
    }

    @Test(arguments: [
        "", "a", "pass", "passwor", "user", "author", "Author", "authors", "key", "name", "hash", "compass",
        "au/th",
        "path", "session", "tok n_x", "secre", "api/key", "пароль", "PublicKeyToken",
    ])
    func `another name is not`(name: String) {
        #expect(!ScrubbingRules.usual.isSecret(name))
    }

    @Test func `a project adds words and lets names pass`() {
        let rules = ScrubbingRules(
            additionalWords: ["IBAN", "tax-number"], safeNames: ["token_count", "Auth_Mode"])

        #expect(rules.isSecret("customer_iban") && rules.isSecret("TaxNumber") && rules.isSecret("token"))
        #expect(
            !rules.isSecret("token_count") && !rules.isSecret("auth_mode") && rules.isSecret("auth_mode_2"))
    }

    @Test func `words that overlap are all found`() {
        let names = SecretNames(words: ["abcd", "bc", "cde", "x"])

        for (name, isSecret) in [
            ("abce", true), ("acde", true), ("abd", false), ("b_c", true), ("zx", true), ("abz", false),
        ] {
            var name = name
            #expect(name.withUTF8 { names.contain($0.span) } == isSecret, "\(name)")
        }
    }
}

extension ScrubbingRules {
    func isSecret(_ name: String) -> Bool {
        var name = name
        return name.withUTF8 { isSecret($0.span) }
    }
}
