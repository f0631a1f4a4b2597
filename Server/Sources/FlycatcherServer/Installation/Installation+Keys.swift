// Client keys as commands list and change them.

public import FlycatcherWire
public import Model

/// A client key as commands list it.
public struct KeyListing: Hashable, Sendable {
    public let key: ProjectKey
    /// The slug of its project.
    public let project: String
    public let dsn: DSN
    /// Whether it lets events in now.
    public let isOpen: Bool
}

/// What the running server does with events of a key.
public enum KeySwitch: Sendable {
    case enabled
    case disabled
}

extension Installation {
    /// The keys of a project, oldest first; those of all projects when none is named.
    public func keys(of slug: String?) async throws -> [KeyListing] {
        let chosen =
            if let slug { [try await project(named: slug)] } else { try await store.projects() }
        let keys = try await store.projectKeys()
        return try chosen.flatMap { project in
            try keys.filter { $0.project == project.id }.map { try listing($0, of: project) }
        }
    }

    /// Makes a key; a running server lets it in from the next request on.
    public func createKey(_ label: String, of slug: String, limit: KeyLimit?) async throws -> KeyListing {
        let project = try await project(named: slug)
        guard let label = ProjectKey.label(label) else { throw InstallationError.badKeyName }
        var key = try await store.createKey(label: label, of: project.id, at: accounts.now())
        if let limit { key = try await store.changeKey(key.id, of: project.id) { $0.limit = limit } }
        return try listing(key, of: project)
    }

    /// Switches a key; it holds for the next request.
    public func turnKey(_ publicKey: String, _ position: KeySwitch) async throws -> KeyListing {
        let (key, project) = try await key(named: publicKey)
        let now = accounts.now()
        let changed = try await store.changeKey(key.id, of: project.id) { key in
            key.isEnabled = position == .enabled
            // One that has ended by itself would stay shut.
            if position == .enabled, let end = key.endsAt, end <= now { key.endsAt = nil }
        }
        return try listing(changed, of: project)
    }

    /// Makes a key that takes another's place, which ends after some seconds; 0 for at once.
    public func rotateKey(_ publicKey: String, endingAfter seconds: Int64) async throws -> KeyListing {
        let (key, project) = try await key(named: publicKey)
        let now = accounts.now()
        let end = seconds > 0 ? now.advanced(byMicroseconds: seconds * 1_000_000) : nil
        return try listing(try await store.rotateKey(key, endingAt: end, at: now), of: project)
    }

    private func project(named slug: String) async throws -> Project {
        guard let project = try await store.projects().first(where: { $0.slug == slug }) else {
            throw InstallationError.unknownProject(slug)
        }
        return project
    }

    /// A key by its public part, of which the beginning is enough where only one key begins so.
    private func key(named text: String) async throws -> (ProjectKey, Project) {
        let keys = try await store.projectKeys().filter { $0.publicKey.hasPrefix(text) }
        guard text.count >= Self.shortestName, keys.count == 1, let key = keys.first,
            let project = try await store.projects().first(where: { $0.id == key.project })
        else { throw InstallationError.unknownKey(text) }
        return (key, project)
    }

    private static let shortestName = 4

    private func listing(_ key: ProjectKey, of project: Project) throws -> KeyListing {
        KeyListing(
            key: key, project: project.slug, dsn: try address.publicURL.dsn(of: key),
            isOpen: key.isOpen(at: accounts.now()))
    }
}
