// A secret that someone chose for a machine to show.

import Crypto

/// A bearer token from the configuration; prints itself as `***`.
public struct AccessToken: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    private let text: String

    /// Takes a token of 16 to 1,000 printable characters; nil for any other text.
    public init?(_ text: String) {
        guard (16...1000).contains(text.utf8.count), text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            return nil
        }
        self.text = text
    }

    /// Always `***`.
    public var description: String { "***" }
    /// Shows nothing, so that a dump gives nothing away.
    public var customMirror: Mirror { Mirror(self, children: []) }

    /// Whether this is the token, in a time that does not tell how much of it is right.
    func matches(_ other: String) -> Bool {
        SymmetricKey(data: SHA256.hash(data: Array(text.utf8)))
            == SymmetricKey(data: SHA256.hash(data: Array(other.utf8)))
    }
}
