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

    /// Reads what an order says; nil when it cannot be one.
    init?(_ subject: ErasureSubject) {
        switch subject.kind {
        case .userID: self.init(userID: subject.text)
        case .email: self.init(email: subject.text)
        case .address: self.init(address: subject.text)
        }
    }

    /// The trait as an order says it.
    var subject: ErasureSubject {
        switch self {
        case .userID(let id): ErasureSubject(.userID, id)
        case .email(let email): ErasureSubject(.email, email)
        case .address(let address): ErasureSubject(.address, address)
        }
    }

    private static func isUsable(_ text: String) -> Bool {
        (1...1000).contains(text.utf8.count) && text.unicodeScalars.allSatisfy { $0.value >= 0x20 }
    }

    /// The digests under which issues may count the person although none of the events is left.
    var digests: [UserDigest] {
        switch self {
        case .userID(let id): [UserDigest(kind: .id, id)]
        case .email(let email): [UserDigest(kind: .email, email), UserDigest(kind: .username, email)]
        case .address(let address): [UserDigest(kind: .address, address)]
        }
    }
}
