// Who is signed in where.

import FlycatcherWire
import GRDB
import Model

/// Table `session`.
struct SessionTable {
    let db: Database

    func insert(_ digest: SecretDigest, for user: UserID, formToken: String, expiresAt: Timestamp) throws {
        guard try UserTable(db: db).exists(user) else { throw StoreError.missing("user \(user)") }
        try db.run(
            "INSERT INTO session (digest, user, form_token, expires_at) VALUES (?, ?, ?, ?)",
            [digest.blob, user.value, formToken, expiresAt.microseconds])
    }

    func find(_ digest: SecretDigest, at moment: Timestamp) throws -> Session? {
        let sql = """
            SELECT \(UserTable.columns), form_token, expires_at
            FROM session JOIN user ON user.id = session.user WHERE digest = ? AND expires_at > ?
            """
        return try db.row(sql, [digest.blob, moment.microseconds]).map { row in
            Session(user: UserTable.user(row), formToken: row[4], expiresAt: Timestamp(microseconds: row[5]))
        }
    }

    func remove(_ digest: SecretDigest) throws {
        try db.run("DELETE FROM session WHERE digest = ?", [digest.blob])
    }

    func removeExpired(at moment: Timestamp) throws {
        try db.run("DELETE FROM session WHERE expires_at <= ?", [moment.microseconds])
    }
}
