// Forgets a person, in a data folder with or without a server on it.

import Model
import SQLiteStorage

extension Installation {
    /// Removes every event that is about a person or names them, and what issues have kept of it.
    ///
    /// - Parameters:
    ///   - slug: the project to look in; nil for all.
    ///   - isTrial: whether nothing is removed, only counted.
    public func erase(
        _ trait: PersonalTrait, inProject slug: String?, isTrial: Bool
    ) async throws -> ErasureReceipt {
        var project: ProjectID?
        if let slug {
            project = try await store.projects().first { $0.slug == slug }?.id
            if project == nil { throw InstallationError.unknownProject(slug) }
        }
        let erasure = Erasure(store: store, trait: trait, project: project)
        return try await isTrial ? erasure.trial() : erasure.run()
    }

    /// Erases, and afterwards writes the database anew unless that would keep a running server waiting for long.
    public static func erase(
        _ configuration: Configuration, _ trait: PersonalTrait, inProject slug: String?, isTrial: Bool
    ) async throws -> ErasureReceipt {
        var receipt = try await withOpen(configuration) {
            try await $0.erase(trait, inProject: slug, isTrial: isTrial)
        }
        let file = DatabaseFile(folder: configuration.dataFolder)
        guard !isTrial else { return receipt }
        let isServed = DataFolderHold.isServed(configuration.dataFolder)
        guard try !isServed || file.report(.none).byteCount < largestBesideServer else { return receipt }
        try file.compact()
        receipt.isCompacted = true
        return receipt
    }

    /// Half a gigabyte is written anew in two or three seconds, for which senders can wait.
    private static let largestBesideServer: Int64 = 512 << 20
}
