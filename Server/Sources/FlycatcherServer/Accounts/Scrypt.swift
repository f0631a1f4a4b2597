// The scrypt function with its parameters, and how a hash is written down.

import Crypto
import CryptoExtras
import FoundationEssentials
import Model

/// How much work a hash takes.
struct ScryptCost: Hashable, Sendable {
    /// The number of rounds as a power of two.
    let logRounds: Int
    let blockSize: Int
    let parallelism: Int

    /// 32 MB and about a tenth of a second.
    static let standard = ScryptCost(logRounds: 15, blockSize: 8, parallelism: 1)
}

/// Scrypt with a salt.
///
/// Written as `$scrypt$ln=15,r=8,p=1$SALT$KEY`, the last two in base 64.
struct Scrypt: Hashable, Sendable {
    let cost: ScryptCost
    let salt: [UInt8]

    private static let keyLength = 32

    func key(of password: String) throws -> SymmetricKey {
        try KDF.Scrypt.deriveKey(
            from: Array(password.utf8), salt: salt, outputByteCount: Self.keyLength,
            rounds: 1 << cost.logRounds,
            blockSize: cost.blockSize, parallelism: cost.parallelism)
    }

    func encoded(_ key: SymmetricKey) -> PasswordHash {
        let bytes = key.withUnsafeBytes { Data($0) }
        let parameters = "ln=\(cost.logRounds),r=\(cost.blockSize),p=\(cost.parallelism)"
        return PasswordHash(
            encoded:
                "$scrypt$\(parameters)$\(Data(salt).base64EncodedString())$\(bytes.base64EncodedString())")
    }

    /// Reads what ``encoded(_:)`` writes; nil for any other text and for costs that nobody would have chosen.
    static func decode(_ hash: PasswordHash) -> (Scrypt, SymmetricKey)? {
        let parts = hash.encoded.split(separator: "$", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 5, parts[0].isEmpty, parts[1] == "scrypt", let cost = ScryptCost(parts[2]),
            let salt = Data(base64Encoded: parts[3]), let key = Data(base64Encoded: parts[4]),
            key.count == keyLength
        else { return nil }
        return (Scrypt(cost: cost, salt: Array(salt)), SymmetricKey(data: key))
    }
}

extension ScryptCost {
    /// Reads `ln=15,r=8,p=1`.
    fileprivate init?(_ text: String) {
        let values = text.split(separator: ",").map { $0.split(separator: "=", maxSplits: 1) }
        guard values.count == 3, values.map(\.first) == ["ln", "r", "p"],
            let logRounds = Int(values[0].last ?? ""), (1...20).contains(logRounds),
            let blockSize = Int(values[1].last ?? ""), (1...32).contains(blockSize),
            let parallelism = Int(values[2].last ?? ""), (1...16).contains(parallelism)
        else { return nil }
        self.init(logRounds: logRounds, blockSize: blockSize, parallelism: parallelism)
    }
}
