// By what a person is known, and where that stands in texts.

import Ingest
import Model

/// What says in events that they are about a certain person.
public enum PersonalTrait: Hashable, Sendable {
    /// The `id` of the user.
    case userID(String)
    /// An e-mail address, wherever it stands.
    case email(String)
    /// An address of the internet, wherever it stands.
    case address(String)

    /// Reads a trait; nil when the text cannot be one.
    public init?(userID text: String) {
        guard Self.isUsable(text) else { return nil }
        self = .userID(text)
    }

    /// Reads an e-mail address.
    public init?(email text: String) {
        guard Self.isUsable(text), text.utf8.count > 4, EmailAddress(text) != nil else { return nil }
        self = .email(text)
    }

    /// Reads an address of either version of the protocol.
    public init?(address text: String) {
        guard IPAddress(text) != nil else { return nil }
        self = .address(text)
    }

    private static func isUsable(_ text: String) -> Bool {
        (1...1000).contains(text.utf8.count) && text.unicodeScalars.allSatisfy { $0.value >= 0x20 }
    }

    /// What stands where it stood.
    static let mark = "[erased]"

    /// The text without the trait; nil when it does not hold it.
    ///
    /// An id is too short and common a word to be looked for in prose: it counts only as the value of the tag `user`.
    func rewritten(_ text: String) -> String? {
        switch self {
        case .userID(let id): text == "id:\(id)" ? "id:\(Self.mark)" : nil
        case .email(let email): Self.replaced(email, in: text)
        case .address(let address):
            Self.replaced(
                address, in: text,
                isPart: address.contains(":") ? Self.belongsToLongAddress : Self.belongsToAddress)
        }
    }

    /// Replaces an address as it is, and as addresses of pages write it.
    private static func replaced(_ email: String, in text: String) -> String? {
        let plain = replaced(email, in: text, isPart: belongsToEmail)
        let escaped = email.split(separator: "@").joined(separator: "%40")
        return replaced(escaped, in: plain ?? text, isPart: belongsToEmail) ?? plain
    }

    /// The digests under which issues may count the person although none of the events is left.
    var digests: [UserDigest] {
        switch self {
        case .userID(let id): [UserDigest(kind: .id, id)]
        case .email(let email): [UserDigest(kind: .email, email), UserDigest(kind: .username, email)]
        case .address(let address): [UserDigest(kind: .address, address)]
        }
    }

    /// Replaces a word in any case, where it is not a part of a longer one.
    private static func replaced(
        _ word: String, in text: String, isPart: (UInt8) -> Bool
    ) -> String? {
        let needle = Array(word.utf8.map(lowered))
        let hay = Array(text.utf8)
        var out: [UInt8] = []
        var index = 0
        var isFound = false
        while index < hay.count {
            let end = index + needle.count
            let isHit =
                end <= hay.count && zip(needle, hay[index..<end]).allSatisfy { $0 == lowered($1) }
                && (index == 0 || !isPart(hay[index - 1])) && !continues(hay[end...], isPart)
            if isHit {
                out += Array(mark.utf8)
                index = end
                isFound = true
            } else {
                out.append(hay[index])
                index += 1
            }
        }
        return isFound ? String(decoding: out, as: UTF8.self) : nil
    }

    /// Whether what follows makes the word longer; a stop that ends a sentence does not.
    private static func continues(_ rest: ArraySlice<UInt8>, _ isPart: (UInt8) -> Bool) -> Bool {
        guard let next = rest.first, isPart(next) else { return false }
        guard next == UInt8(ascii: ".") || next == UInt8(ascii: ":") else { return true }
        return rest.dropFirst().first.map(isPart) ?? false
    }

    private static func lowered(_ byte: UInt8) -> UInt8 {
        (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        byte &- UInt8(ascii: "0") < 10 || (byte | 0x20) &- UInt8(ascii: "a") < 26
    }

    private static func belongsToEmail(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || byte >= 0x80 || "._%+-".utf8.contains(byte)
    }

    private static func belongsToAddress(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || byte == UInt8(ascii: ".")
    }

    private static func belongsToLongAddress(_ byte: UInt8) -> Bool {
        belongsToAddress(byte) || byte == UInt8(ascii: ":")
    }
}
