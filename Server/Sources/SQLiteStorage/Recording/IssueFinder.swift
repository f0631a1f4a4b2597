// Finds the issue that an event belongs to, or makes it.

import FlycatcherWire
import GRDB
import Model

/// Looks hashes up once per batch and remembers what it found and made.
struct IssueFinder {
    private struct HashKey: Hashable {
        let hash: GroupingHash
        let project: ProjectID
    }

    private let db: Database
    private let issues: IssueWriter
    /// Whether people are told of new issues.
    private let announces: Bool
    private var heads: [Int64: IssueHead] = [:]
    private var owners: [HashKey: Int64] = [:]
    private var projects: [ProjectID: (shortPrefix: String, hasEvents: Bool)?] = [:]
    private(set) var newIssueCount: Int64 = 0

    init(_ db: Database, _ statements: HotStatements, announces: Bool = true) {
        self.db = db
        self.announces = announces
        issues = IssueWriter(statements: statements)
    }

    mutating func hasProject(_ project: ProjectID) throws -> Bool {
        try head(of: project) != nil
    }

    /// The issue that owns the first known hash of the event; a new one when it knows none.
    ///
    /// Hashes of an earlier version count where none of this version is known. Either way the issue owns all unknown
    /// hashes of this version afterwards. Nil when no hash is known and one is discarded; only then is that looked up,
    /// so that it costs events of known issues nothing.
    mutating func issue(for event: GroupedEvent) throws -> (issue: IssueHead, isNew: Bool)? {
        var owner: Int64?
        var unknown: [GroupingHash] = []
        for hash in event.hashes {
            if let known = try self.owner(of: hash, in: event.project) {
                owner = owner ?? known
            } else if !unknown.contains(hash) {
                unknown.append(hash)
            }
        }
        if owner == nil { owner = try firstOwner(of: event.earlierHashes, in: event.project) }
        if owner == nil, try isDiscarded(event) { return nil }
        let issue = try owner.flatMap { try head(of: $0) } ?? makeIssue(for: event)
        for hash in unknown {
            try issues.insert(hash, in: event.project, issue: issue.id)
            owners[HashKey(hash: hash, project: event.project)] = issue.id
        }
        return (issue, owner == nil)
    }

    /// The issue that an event belongs to, if one owns any of its hashes; nothing is changed.
    mutating func knownIssue(for event: GroupedEvent) throws -> IssueHead? {
        let hashes = event.hashes + event.earlierHashes
        return try firstOwner(of: hashes, in: event.project).flatMap { try head(of: $0) }
    }

    private mutating func firstOwner(of hashes: [GroupingHash], in project: ProjectID) throws -> Int64? {
        for hash in hashes {
            if let known = try owner(of: hash, in: project) { return known }
        }
        return nil
    }

    /// Whether nobody wants to hear of the event; if so by an earlier version, then by this one from now on.
    private func isDiscarded(_ event: GroupedEvent) throws -> Bool {
        if try event.hashes.contains(where: { try issues.isDiscarded($0, in: event.project) }) { return true }
        guard
            let earlier = try event.earlierHashes.first(where: {
                try issues.isDiscarded($0, in: event.project)
            })
        else { return false }
        try IssueHashTable(db: db).discard(event.hashes, like: earlier, in: event.project)
        return true
    }

    private mutating func owner(of hash: GroupingHash, in project: ProjectID) throws -> Int64? {
        let key = HashKey(hash: hash, project: project)
        if let known = owners[key] { return known }
        let found = try issues.owner(of: hash, in: project)
        owners[key] = found
        return found
    }

    private mutating func head(of issue: Int64) throws -> IssueHead? {
        if let known = heads[issue] { return known }
        let found = try issues.head(of: issue)
        heads[issue] = found
        return found
    }

    private mutating func makeIssue(for event: GroupedEvent) throws -> IssueHead {
        guard let project = try head(of: event.project) else {
            throw StoreError.missing("project \(event.project)")
        }
        let number = try ProjectTable(db: db).takeIssueNumber(of: event.project)
        let shortID = ShortID(prefix: project.shortPrefix, number: number)
        let issue = try issues.insert(shortID, with: event)
        heads[issue.id] = issue
        if announces, !event.startsArchived {
            try OutboxTable(db: db).insert(.newIssue, issue: issue.id, event: event)
        }
        if !project.hasEvents { try markFirstEvent(event, shortPrefix: project.shortPrefix) }
        newIssueCount += 1
        return issue
    }

    /// The first event of a project makes its first issue, so this is the only place to look.
    private mutating func markFirstEvent(_ event: GroupedEvent, shortPrefix: String) throws {
        try ProjectTable(db: db).setFirstEvent(of: event.project, at: event.receivedAt)
        try InstallationTable(db: db).projectsChanged()
        projects[event.project] = (shortPrefix, true)
    }

    private mutating func head(of project: ProjectID) throws -> (shortPrefix: String, hasEvents: Bool)? {
        if let known = projects[project] { return known }
        let found = try ProjectTable(db: db).head(of: project)
        projects[project] = .some(found)
        return found
    }
}
