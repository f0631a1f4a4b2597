// Who may sign in.

import FlycatcherWire
import GRDB
import Model

/// Table `user`.
struct UserTable {
    let db: Database

    /// Columns for ``user(_:)``, from the given table name on.
    static let columns = "user.id, user.email, user.role, user.created_at"

    func insert(email: String, role: Role, password: PasswordHash?, at moment: Timestamp) throws -> User {
        do {
            try db.run(
                "INSERT INTO user (email, role, password, created_at) VALUES (?, ?, ?, ?)",
                [email, role.rawValue, password?.encoded, moment.microseconds])
        } catch let error as DatabaseError where error.isUniqueViolation {
            throw StoreError.conflict("a user with this address")
        }
        return User(id: UserID(db.lastInsertedRowID), email: email, role: role, createdAt: moment)
    }

    func find(email: String) throws -> (user: User, password: PasswordHash?)? {
        try db.row("SELECT \(Self.columns), password FROM user WHERE email = ?", [email]).map { row in
            (Self.user(row), (row[4] as String?).map { PasswordHash(encoded: $0) })
        }
    }

    func all() throws -> [User] {
        try db.rows("SELECT \(Self.columns) FROM user ORDER BY id", [], Self.user)
    }

    func setPassword(_ password: PasswordHash, of user: UserID) throws {
        try db.run("UPDATE user SET password = ? WHERE id = ?", [password.encoded, user.value])
        guard db.changesCount > 0 else { throw StoreError.missing("user \(user)") }
    }

    func exists(_ user: UserID) throws -> Bool {
        try db.number("SELECT 1 FROM user WHERE id = ?", [user.value]) != nil
    }

    static func user(_ row: Row) -> User {
        User(
            id: UserID(row[0]), email: row[1], role: Role(rawValue: row[2]) ?? .member,
            createdAt: Timestamp(microseconds: row[3]))
    }
}
