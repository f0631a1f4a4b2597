// Projects as commands make and list them.

public import FlycatcherWire
public import Model

/// A project as commands list it.
public struct ProjectListing: Hashable, Sendable {
    public let id: ProjectID
    public let slug: String
    public let name: String
    public let platform: String
    /// What its apps connect with; nil when none of its keys lets events in.
    public let dsn: DSN?
    /// The page that shows how to connect an app.
    public let setupPage: String

    init(_ project: Project, key: ProjectKey?, at url: PublicURL) throws(DSNError) {
        id = project.id
        slug = project.slug
        name = project.name
        platform = project.platform
        dsn = if let key { try url.dsn(of: key) } else { nil }
        setupPage = "\(url)/projects/\(project.slug)/setup/"
    }
}

extension Installation {
    /// Makes a project.
    public func createProject(_ draft: ProjectDraft) async throws -> ProjectListing {
        let (project, key) = try await store.createProject(try draft.checked(), at: accounts.now())
        return try ProjectListing(project, key: key, at: address.publicURL)
    }

    /// All projects, oldest first.
    public func projects() async throws -> [ProjectListing] {
        try await listings(at: address.publicURL)
    }

    /// Where to send an event to the first project from this machine.
    public func localDSN() async throws -> DSN {
        guard let first = try await listings(at: address.localURL).first else {
            throw InstallationError.noProjects
        }
        guard let dsn = first.dsn else { throw InstallationError.noEnabledKey(project: first.slug) }
        return dsn
    }

    func listings(at url: PublicURL) async throws -> [ProjectListing] {
        let now = accounts.now()
        let keys = try await store.projectKeys().filter { $0.isOpen(at: now) }
        return try await store.projects().map { project in
            try ProjectListing(project, key: keys.first { $0.project == project.id }, at: url)
        }
    }
}
