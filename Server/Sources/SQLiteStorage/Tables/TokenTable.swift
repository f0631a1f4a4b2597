// Tokens of the web API.

import FlycatcherWire
import GRDB
import Model

/// Table `api_token`.
struct TokenTable {
    let db: Database

    func insert(
        _ digest: SecretDigest, name: String, scopes: [String], at moment: Timestamp
    ) throws -> APIToken {
        try db.run(
            "INSERT INTO api_token (digest, name, scopes, created_at) VALUES (?, ?, ?, ?)",
            [digest.blob, name, scopes.joined(separator: " "), moment.microseconds])
        return APIToken(id: db.lastInsertedRowID, name: name, scopes: scopes, createdAt: moment)
    }

    func find(_ digest: SecretDigest) throws -> APIToken? {
        let sql = "SELECT id, name, scopes, created_at FROM api_token WHERE digest = ?"
        return try db.row(sql, [digest.blob]).map { row in
            let scopes = (row[2] as String).split(separator: " ").map(String.init)
            return APIToken(
                id: row[0], name: row[1], scopes: scopes, createdAt: Timestamp(microseconds: row[3]))
        }
    }
}
