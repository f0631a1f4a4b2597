// Hashes passwords with scrypt, away from the threads that serve requests.

import Crypto
import CryptoExtras
import Dispatch
import FoundationEssentials
import Model
import Synchronization

/// Hashes and verifies passwords, one at a time: each takes a tenth of a second and 32 MB, by design.
final class PasswordHasher: Sendable {
    private let queue = DispatchQueue(label: "flycatcher.passwords")
    private let waiting = Mutex(0)
    private let cost: ScryptCost

    /// How many may wait for their turn; more are told to come back later.
    static let maximumWaiting = 16

    init(cost: ScryptCost = .standard) {
        self.cost = cost
    }

    /// The hash of a password with a new salt.
    ///
    /// - Throws: ``PasswordHasherError/busy``.
    func hash(_ password: Password) async throws -> PasswordHash {
        let scrypt = Scrypt(cost: cost, salt: Self.randomSalt())
        let key = try await onQueue { try scrypt.key(of: password.text) }
        return scrypt.encoded(key)
    }

    /// Whether a password belongs to a hash.
    ///
    /// Without a hash it takes as long and says no.
    ///
    /// - Throws: ``PasswordHasherError``.
    func verify(_ password: String, against hash: PasswordHash?) async throws -> Bool {
        guard password.utf8.count <= Password.maximumLength else { return false }
        guard let hash else {
            let scrypt = Scrypt(cost: cost, salt: Self.randomSalt())
            _ = try await onQueue { try scrypt.key(of: password) }
            return false
        }
        guard let (scrypt, expected) = Scrypt.decode(hash) else { throw PasswordHasherError.unknownHash }
        // Keys compare in constant time.
        return try await onQueue { try scrypt.key(of: password) } == expected
    }

    private func onQueue<Value: Sendable>(
        _ work: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        let isFull = waiting.withLock { count in
            guard count < Self.maximumWaiting else { return true }
            count += 1
            return false
        }
        guard !isFull else { throw PasswordHasherError.busy }
        defer { waiting.withLock { $0 -= 1 } }
        return try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try work() }) }
        }
    }

    private static func randomSalt() -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }
}

/// Why a password could not be hashed or verified.
enum PasswordHasherError: Error, Hashable, CustomStringConvertible {
    /// Too many sign-ins at once.
    case busy
    /// The stored hash was made by something else.
    case unknownHash

    var description: String {
        switch self {
        case .busy: "too many sign-ins at once, try again in a moment"
        case .unknownHash:
            "the stored password hash is of an unknown kind, set a new password by a sign-in link"
        }
    }
}
