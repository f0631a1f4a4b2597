// Forgets a person, in a data folder with or without a server on it.

import FlycatcherWire
import Logging
public import Model
import SQLiteStorage

/// What was removed, or would be.
public struct ErasureReceipt: Hashable, Sendable {
    public let tally: ErasureTally
    /// Whether the database was written anew afterwards, so that nothing lingers in gaps of its pages.
    public let isCompacted: Bool
}

extension Installation {
    /// Erases, and afterwards writes the database anew unless that would keep a running server waiting for long.
    ///
    /// What is to be erased is ordered first, so that a server or the next command goes on with it after any end. Where a
    /// server runs, it does the work.
    ///
    /// - Parameters:
    ///   - slug: the project to look in; nil for all.
    ///   - isTrial: whether nothing is removed, only counted.
    ///   - progress: called now and then with how far it is.
    /// - Throws: ``InstallationError/notErased`` when events come in faster than they can be removed.
    public static func erase(
        _ configuration: Configuration, _ trait: PersonalTrait, inProject slug: String?, isTrial: Bool,
        progress: @escaping @Sendable (ErasureOrder) -> Void
    ) async throws -> ErasureReceipt {
        let tally = try await withOpen(configuration) {
            try await $0.erase(trait, inProject: slug, isTrial: isTrial, progress: progress)
        }
        guard !isTrial else { return ErasureReceipt(tally: tally, isCompacted: false) }
        let isServed = DataFolderHold.isServed(configuration.dataFolder)
        return ErasureReceipt(
            tally: tally,
            isCompacted: try await DatabaseFile(folder: configuration.dataFolder).compactIfQuick(isServed))
    }

    /// Removes every event that is about a person or names them, and what issues have kept of it.
    func erase(
        _ trait: PersonalTrait, inProject slug: String?, isTrial: Bool,
        progress: @escaping @Sendable (ErasureOrder) -> Void = { _ in }
    ) async throws -> ErasureTally {
        var project: ProjectID?
        if let slug {
            project = try await store.projects().first { $0.slug == slug }?.id
            if project == nil { throw InstallationError.unknownProject(slug) }
        }
        let files = FileFolder(dataFolder: configuration.dataFolder)
        if isTrial {
            return try await Erasure(store: store, files: files, trait: trait, project: project).trial()
        }
        let order = try await store.addErasure(
            of: trait.subject, in: project, by: "the command line", at: accounts.now())
        let ended = try await ended(order.id, files, progress)
        guard ended.end == .complete else { throw InstallationError.notErased }
        return ended.tally
    }

    /// Waits until a server has fulfilled an order, or does it where none runs.
    private func ended(
        _ id: ErasureID, _ files: FileFolder, _ progress: @escaping @Sendable (ErasureOrder) -> Void
    ) async throws -> ErasureOrder {
        let isServed: @Sendable () -> Bool = { [folder = configuration.dataFolder] in
            DataFolderHold.isServed(folder)
        }
        let work = ErasureWork(
            store: store, files: files, logger: Logger(label: "erase") { _ in SwiftLogNoOpLogHandler() },
            now: accounts.now, removesFiles: { !isServed() })
        while true {
            guard let order = try await store.erasure(id) else { throw InstallationError.notErased }
            if order.end != nil { return order }
            progress(order)
            if isServed() {
                try await Task.sleep(for: .milliseconds(100))
            } else {
                _ = try await work.run(progress)
            }
        }
    }
}
