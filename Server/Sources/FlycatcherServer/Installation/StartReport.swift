// What `serve` tells once it is ready.

import FlycatcherWire
import Model

/// Where a server that has just started is reached, and how to get in.
public struct StartReport: Sendable {
    public let address: PublicURL
    public let dataFolder: String
    public let projects: [ProjectListing]
    /// A one-time sign-in link; nil once a user has a password.
    public let signInLink: String?
}

/// A project as commands list it.
public struct ProjectListing: Hashable, Sendable {
    public let id: Int64
    public let slug: String
    public let name: String
    public let platform: String
    /// What its apps connect with; nil when all of its keys are disabled.
    public let dsn: String?
    /// The page that shows how to connect an app.
    public let setupPage: String
}

extension Installation {
    /// Puts together what `serve` tells.
    func report(at address: PublicURL, link: Secret?) async throws -> StartReport {
        try AddressFile(dataFolder: folder).write(address)
        return StartReport(
            address: address, dataFolder: folder, projects: try await listings(at: address),
            signInLink: link.map { Self.signInLink($0, at: address) })
    }

    static func signInLink(_ secret: Secret, at address: PublicURL) -> String {
        "\(address)/sign-in/\(secret.text)/"
    }

    /// All projects, oldest first.
    func listings(at address: PublicURL) async throws -> [ProjectListing] {
        let keys = try await store.projectKeys()
        return try await store.projects().map { project in
            let key = keys.first { $0.project == project.id && $0.isEnabled }
            return ProjectListing(project, dsn: try key.map { try address.dsn(of: $0) }, at: address)
        }
    }
}

extension ProjectListing {
    init(_ project: Project, dsn: DSN?, at address: PublicURL) {
        id = project.id.value
        slug = project.slug
        name = project.name
        platform = project.platform
        self.dsn = dsn?.publicText
        setupPage = "\(address)/projects/\(project.slug)/setup/"
    }
}
