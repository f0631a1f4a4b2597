// Knows every project and client key from memory, so that ingest asks no database whom an event belongs to.

import Ingest
import Logging
package import Model
import Synchronization

/// A client key together with the project that it lets events into.
package struct ProjectEntry: Hashable, Sendable {
    let project: Project
    let key: ProjectKey

    package init(project: Project, key: ProjectKey) {
        self.project = project
        self.key = key
    }
}

/// All projects, keys and settings of the store, kept in memory and renewed when the store says that they changed.
///
/// Another process may change them at any time. The store's mark tells, before each request is let in, and since a mark
/// may be missed, a service calls ``refresh()`` twice a second. An unknown key asks at once, but no more than ten times a
/// second however many requests bring unknown keys.
final class ProjectDirectory: Sendable {
    let store: any Store
    private let quotas: QuotaBook?
    private let now: @Sendable () -> ContinuousClock.Instant
    private let logger: Logger
    private let state = Mutex(State())

    private struct State {
        var contents = Contents()
        var version: Int64?
        var mark: Int64?
        var lastLookup: ContinuousClock.Instant?
    }

    fileprivate struct Contents {
        var entries: [String: ProjectEntry] = [:]
        var projects: [ProjectID: Project] = [:]
        var policies: [ProjectID: ProjectPolicy] = [:]
    }

    /// The shortest time between two questions to the store that unknown keys cause.
    static let lookupInterval = Duration.milliseconds(100)

    init(
        store: any Store, quotas: QuotaBook? = nil, logger: Logger,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) {
        self.store = store
        self.quotas = quotas
        self.logger = logger
        self.now = now
    }

    /// Whom a public key lets in, from memory alone; the key may be disabled.
    func knownEntry(forPublicKey publicKey: String) -> ProjectEntry? {
        state.withLock { $0.contents.entries[publicKey] }
    }

    /// Whom a public key lets in; asks the store about a key that is not known, if nobody has just done so.
    func entry(forPublicKey publicKey: String) async -> ProjectEntry? {
        if let entry = knownEntry(forPublicKey: publicKey) { return entry }
        guard mayLookUp() else { return nil }
        await refresh()
        return knownEntry(forPublicKey: publicKey)
    }

    /// A project by its id.
    func entry(for project: ProjectID) -> Project? {
        state.withLock { $0.contents.projects[project] }
    }

    /// How a project wants its events taken in.
    func policy(of project: ProjectID) -> ProjectPolicy {
        state.withLock { $0.contents.policies[project] } ?? .usual
    }

    /// How a project groups its events.
    func rules(of project: ProjectID) -> GroupingRules { policy(of: project).grouping }

    /// Reads everything anew if a process has left word of a change.
    func heedMark() async {
        let mark = store.projectsMark
        guard mark != state.withLock({ $0.mark }) else { return }
        await refresh()
        // Only now: whoever comes while the store is being asked asks it too, and waits for what holds.
        state.withLock { $0.mark = mark }
    }

    /// Reads projects and keys anew if they changed; a store that does not answer leaves what is known.
    func refresh() async {
        do {
            let version = try await store.projectsVersion()
            if version != state.withLock({ $0.version }) { try await reload() }
        } catch {
            logger.warning("could not look for new projects, going on with the known ones", error: error)
        }
    }

    /// Reads projects and keys anew.
    func reload() async throws {
        // The version is read first: a change that slips in between is then found by the next look.
        let version = try await store.projectsVersion()
        var contents = Contents(projects: try await store.projects(), keys: try await store.projectKeys())
        let grouping = try await store.groupingSettings()
        let settings = try await store.projectSettings()
        let known = state.withLock { $0.contents.policies }
        for (id, project) in contents.projects {
            contents.policies[id] = Self.policy(
                of: project, settings[id] ?? ProjectSettings(), grouping[id] ?? GroupingSettings(),
                unless: known[id])
        }
        let found = contents
        let allowances = try await store.allowances()
        state.withLock {
            guard version >= $0.version ?? .min else { return }
            $0.version = version
            $0.contents = found
            quotas?.setAllowances(allowances, of: found.entries.values)
        }
        // Before the first request of whoever is new.
        await quotas?.foresee()
        await quotas?.save()
    }

    /// Reading settings is some work; what is as it was stays.
    private static func policy(
        of project: Project, _ settings: ProjectSettings, _ grouping: GroupingSettings,
        unless known: ProjectPolicy?
    ) -> ProjectPolicy {
        let rules = known.flatMap { $0.grouping.settings == grouping ? $0.grouping : nil }
        if let known, rules != nil, known.isMade(of: settings, platform: project.platform) { return known }
        return ProjectPolicy(
            settings, platform: project.platform, grouping: rules ?? GroupingRules(grouping))
    }

    private func mayLookUp() -> Bool {
        let moment = now()
        return state.withLock {
            if let last = $0.lastLookup, moment - last < Self.lookupInterval { return false }
            $0.lastLookup = moment
            return true
        }
    }
}

extension ProjectDirectory.Contents {
    fileprivate init(projects: [Project], keys: [ProjectKey]) {
        self.projects = Dictionary(projects.map { ($0.id, $0) }) { first, _ in first }
        let pairs = keys.compactMap { key in
            self.projects[key.project].map { (key.publicKey, ProjectEntry(project: $0, key: key)) }
        }
        entries = Dictionary(pairs) { first, _ in first }
    }
}
