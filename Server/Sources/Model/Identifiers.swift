// The identities that cross module borders, as types.

/// The identity of a project, a positive decimal integer on the wire.
public struct ProjectID: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let value: Int64

    public init(_ value: Int64) {
        self.value = value
    }

    /// Reads the path segment of an ingest URL; nil for anything but a positive decimal integer.
    public init?(text: some StringProtocol) {
        guard let value = Int64(text), value > 0, text.utf8.allSatisfy({ $0 != UInt8(ascii: "+") }) else {
            return nil
        }
        self.value = value
    }

    public var description: String { String(value) }

    public static func < (lhs: ProjectID, rhs: ProjectID) -> Bool { lhs.value < rhs.value }
}

/// The identity of an issue within an installation; people use its ``ShortID``.
public struct IssueID: Hashable, Sendable, CustomStringConvertible {
    public let value: Int64

    public init(_ value: Int64) {
        self.value = value
    }

    public var description: String { String(value) }
}

/// The identity of a user account.
public struct UserID: Hashable, Sendable, CustomStringConvertible {
    public let value: Int64

    public init(_ value: Int64) {
        self.value = value
    }

    public var description: String { String(value) }
}
