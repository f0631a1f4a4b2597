// A random secret that is handed out once and of which only a digest is kept.

import Crypto
import Model

/// 256 random bits, written as 64 hex digits; prints itself as `***`.
struct Secret: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    /// The 64 lower-case hex digits.
    let text: String

    /// Draws a new secret.
    init() {
        var generator = SystemRandomNumberGenerator()
        text = Self.hex((0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
    }

    /// Takes 64 hex digits, in either case; nil for any other text.
    init?(_ text: String) {
        guard text.utf8.count == 64, text.utf8.allSatisfy(\.isHexDigit) else { return nil }
        self.text = text.lowercased()
    }

    /// What is kept of it.
    var digest: SecretDigest {
        SecretDigest(bytes: Array(SHA256.hash(data: Array(text.utf8))))
    }

    /// A text of the same form that follows from the secret but does not give it away.
    func derived(for purpose: String) -> String {
        Self.hex(Array(SHA256.hash(data: Array("\(purpose):\(text)".utf8))))
    }

    /// Whether both are the same, in a time that does not tell how much of them is.
    func isEqual(to other: Secret) -> Bool {
        zip(text.utf8, other.text.utf8).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }

    var description: String { "***" }
    var customMirror: Mirror { Mirror(self, children: []) }

    private static func hex(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}

extension UInt8 {
    fileprivate var isHexDigit: Bool {
        self &- UInt8(ascii: "0") < 10 || (self | 0x20) &- UInt8(ascii: "a") < 6
    }
}
