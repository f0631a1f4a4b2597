// Links that sign someone in once.

import FlycatcherWire
import GRDB
import Model

/// Table `sign_in_link`.
struct SignInLinkTable {
    let db: Database

    func insert(_ digest: SecretDigest, for user: UserID, expiresAt: Timestamp) throws {
        guard try UserTable(db: db).exists(user) else { throw StoreError.missing("user \(user)") }
        try db.run(
            "INSERT INTO sign_in_link (digest, user, expires_at) VALUES (?, ?, ?)",
            [digest.blob, user.value, expiresAt.microseconds])
    }

    /// Uses a link up.
    func take(_ digest: SecretDigest) throws -> User? {
        let sql = """
            SELECT \(UserTable.columns) FROM sign_in_link JOIN user ON user.id = sign_in_link.user WHERE digest = ?
            """
        let user = try db.row(sql, [digest.blob]).map(UserTable.user)
        try db.run("DELETE FROM sign_in_link WHERE digest = ?", [digest.blob])
        return user
    }

    func removeExpired(at moment: Timestamp) throws {
        try db.run("DELETE FROM sign_in_link WHERE expires_at <= ?", [moment.microseconds])
    }
}
