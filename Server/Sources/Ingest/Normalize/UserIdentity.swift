// By what people are told apart.

public import Model

/// The members of a user that tell people apart, best first.
public enum UserIdentity: String, CaseIterable, Sendable {
    case id
    case email
    case username
    case address = "ip_address"
}

extension UserDigest {
    /// The digest of a user who is known by this text.
    public init(kind: UserIdentity, _ text: String) {
        var hasher = GroupingHasher()
        hasher.combine(kind.rawValue)
        hasher.combine(text)
        self.init(UInt64(truncatingIfNeeded: hasher.value ^ hasher.value >> 64))
    }
}
