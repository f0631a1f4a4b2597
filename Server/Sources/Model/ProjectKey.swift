// Client keys: what lets events into a project.

public import FlycatcherWire

/// A client key: what a DSN carries to say which project an event belongs to.
public struct ProjectKey: Hashable, Sendable {
    public let id: Int64
    public let project: ProjectID
    /// 32 lower-case hex digits.
    public let publicKey: String
    /// What people call it.
    public var label: String
    /// Whether people have left it switched on; see ``isOpen(at:)``.
    public var isEnabled: Bool
    /// When it stops letting events in by itself, as a key does that another one has taken the place of.
    public var endsAt: Timestamp?
    /// How much it may bring; nil for as much as its project.
    public var limit: KeyLimit?
    public let createdAt: Timestamp

    /// Takes a key as it is kept.
    public init(
        id: Int64, project: ProjectID, publicKey: String, label: String, isEnabled: Bool,
        createdAt: Timestamp, limit: KeyLimit? = nil, endsAt: Timestamp? = nil
    ) {
        self.id = id
        self.project = project
        self.publicKey = publicKey
        self.label = label
        self.isEnabled = isEnabled
        self.endsAt = endsAt
        self.limit = limit
        self.createdAt = createdAt
    }

    /// Whether it lets events in at a moment.
    public func isOpen(at moment: Timestamp) -> Bool {
        guard isEnabled else { return false }
        return endsAt.map { moment < $0 } ?? true
    }

    /// How long a label may be, in characters.
    public static let maximumLabelLength = 64
    /// How many keys a project may have.
    public static let maximumCount = 100
}

extension ProjectKey {
    /// A name for a key with its blanks trimmed; nil when there is none, or one that nobody could read.
    public static func label(_ text: String) -> String? {
        let words = text.split(whereSeparator: \.isWhitespace)
        let label = words.joined(separator: " ")
        guard (1...maximumLabelLength).contains(label.count), label.utf8.count <= 4 * maximumLabelLength,
            label.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F })
        else { return nil }
        return label
    }
}

extension ProjectStore {
    /// Makes a key that takes another's place, with its name and its limit; the other ends at a moment.
    ///
    /// A failure in between leaves both, so that no event is lost.
    ///
    /// - Parameter end: when the old key ends; nil for at once.
    /// - Throws: ``StoreError``.
    public func rotateKey(
        _ key: ProjectKey, endingAt end: Timestamp?, at moment: Timestamp
    ) async throws -> ProjectKey {
        let fresh = try await createKey(label: key.label, of: key.project, at: moment)
        let next = try await changeKey(fresh.id, of: key.project) { $0.limit = key.limit }
        _ = try await changeKey(key.id, of: key.project) { old in
            if let end { old.endsAt = end } else { old.isEnabled = false }
        }
        return next
    }

    /// The keys of one project, oldest first.
    public func projectKeys(of project: ProjectID) async throws -> [ProjectKey] {
        try await projectKeys().filter { $0.project == project }
    }

    /// The settings of one project.
    public func settings(of project: ProjectID) async throws -> ProjectSettings {
        try await projectSettings()[project] ?? ProjectSettings()
    }
}
