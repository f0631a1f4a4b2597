// What `serve` tells once it is ready.

/// Where a server that has just started is reached, and how to get in.
public struct StartReport: Sendable {
    public let address: PublicURL
    public let dataFolder: String
    public let projects: [ProjectListing]
    /// A one-time sign-in link; nil once a user has a password.
    public let signInLink: String?
}

extension Installation {
    /// Puts together what `serve` tells, and leaves the addresses for commands to find.
    func report(at address: ServerAddress, link: Secret?) async throws -> StartReport {
        try AddressFile(dataFolder: configuration.dataFolder).write(address)
        return StartReport(
            address: address.publicURL, dataFolder: configuration.dataFolder,
            projects: try await listings(at: address.publicURL), signInLink: link?.link(at: address.publicURL)
        )
    }
}
