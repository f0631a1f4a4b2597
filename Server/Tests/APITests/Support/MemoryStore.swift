// A store in memory for the tests of this module: answers reads from plain lists.

import FlycatcherWire
import Model

/// Holds what a test puts in; it records nothing.
struct MemoryStore: Store {
    var allProjects: [Project] = []
    var allIssues: [Issue] = []
    var allEvents: [StoredEvent] = []
    var allAttachments: [Attachment] = []
    var allFeedback: [Feedback] = []
    var allMonitors: [Monitor] = []
    var allHours: [ReleaseHour] = []
    var facets: [TagFacet] = []
    var similar: [SimilarIssue] = []
    var keys: [ProjectKey] = []
    var slices: [OutcomeSlice] = []
    var settings: [ProjectID: ProjectSettings] = [:]
    /// What every read throws; nil when the store is well.
    var failure: StoreError?

    // MARK: Reads

    func projects() async throws -> [Project] {
        if let failure { throw failure }
        return allProjects
    }

    func issues(_ query: IssueQuery) async throws -> IssuePage {
        if let failure { throw failure }
        let matching = allIssues.filter { matches($0, query) }.sorted { place($0, query) > place($1, query) }
        let behind = matching.filter { issue in
            query.after.map { place(issue, query) < ($0.value, $0.id.value) } ?? true
        }
        let page = Array(behind.prefix(query.limit))
        let next = behind.count > page.count ? page.last.map { place($0, query) } : nil
        return IssuePage(
            issues: page, next: next.map { IssueCursor(value: $0.0, id: IssueID($0.1)) },
            total: matching.count)
    }

    private func matches(_ issue: Issue, _ query: IssueQuery) -> Bool {
        (query.project == nil || issue.project == query.project)
            && (query.status == nil || issue.status == query.status)
            && (query.text.isEmpty || issue.facts.title.lowercased().contains(query.text.lowercased()))
    }

    private func place(_ issue: Issue, _ query: IssueQuery) -> (Int64, Int64) {
        switch query.sort {
        case .lastSeen: (issue.lastSeen.microseconds, issue.id.value)
        case .firstSeen: (issue.firstSeen.microseconds, issue.id.value)
        case .eventCount: (issue.eventCount, issue.id.value)
        case .userCount: (issue.userCount, issue.id.value)
        }
    }

    func issue(_ id: IssueID) async throws -> Issue? {
        allIssues.first { $0.id == id }
    }

    func issue(_ shortID: ShortID) async throws -> Issue? {
        allIssues.first { $0.shortID == shortID }
    }

    func dailyCounts(of issues: [IssueID], days: Int, today: Timestamp) async throws -> [IssueID: [Int64]] {
        Dictionary(issues.map { ($0, Array(1...Int64(days))) }) { first, _ in first }
    }

    func tagFacets(of issue: IssueID, valueLimit: Int) async throws -> [TagFacet] {
        facets
    }

    func event(_ choice: EventChoice, of issue: IssueID) async throws -> StoredEvent? {
        let events = newestFirst(of: issue)
        switch choice {
        case .latest: return events.first
        case .oldest: return events.last
        case .id(let id): return events.first { $0.summary.id == id }
        }
    }

    func event(_ id: EventID, in project: ProjectID) async throws -> StoredEvent? {
        allEvents.first { $0.summary.id == id && $0.summary.project == project }
    }

    func events(withID id: EventID) async throws -> [EventSummary] {
        allEvents.map(\.summary).filter { $0.id == id }
    }

    func events(of issue: IssueID, after: EventCursor?, limit: Int) async throws -> [EventSummary] {
        let summaries = newestFirst(of: issue).map(\.summary)
        let behind = summaries.filter { event in
            after.map {
                (event.timestamp.microseconds, event.id.value) < ($0.timestamp.microseconds, $0.id.value)
            } ?? true
        }
        return Array(behind.prefix(limit))
    }

    private func newestFirst(of issue: IssueID) -> [StoredEvent] {
        allEvents.filter { $0.summary.issue == issue }.sorted { $0.summary.timestamp > $1.summary.timestamp }
    }
}

// MARK: What the API never asks

extension MemoryStore {
    private var unused: StoreError { .unavailable("the API does not ask this") }

    func record(_ event: GroupedEvent) async throws -> Recording { throw unused }
    func record(_ event: GroupedEvent?, with enclosures: Enclosures) async throws -> Recording? {
        throw unused
    }
    func count(_ outcomes: [OutcomeKey: Int64]) async throws { throw unused }
    func takeAnnouncements(limit: Int) async throws -> [Announcement] { throw unused }
    func createProject(_ draft: ProjectDraft, at moment: Timestamp) async throws -> (Project, ProjectKey) {
        throw unused
    }
    func projectKeys() async throws -> [ProjectKey] { keys }
    func projectsVersion() async throws -> Int64 { throw unused }
    func outcomes(of project: ProjectID?, sinceHour hour: Int64) async throws -> [OutcomeTotal] {
        throw unused
    }
    func totals() async throws -> StoreTotals { throw unused }
    func check() async throws { throw unused }
    func createUser(
        email: String, role: Role, password: PasswordHash?, at moment: Timestamp
    ) async throws -> User {
        throw unused
    }
    func user(email: String) async throws -> (user: User, password: PasswordHash?)? { throw unused }
    func users() async throws -> [User] { throw unused }
    func setPassword(_ password: PasswordHash, of user: UserID) async throws { throw unused }
    func addSignInLink(_ digest: SecretDigest, for user: UserID, expiresAt: Timestamp) async throws {
        throw unused
    }
    func takeSignInLink(_ digest: SecretDigest, at moment: Timestamp) async throws -> User? { throw unused }
    func addSession(
        _ digest: SecretDigest, for user: UserID, formToken: String, expiresAt: Timestamp
    ) async throws { throw unused }
    func session(_ digest: SecretDigest, at moment: Timestamp) async throws -> Session? { throw unused }
    func removeSession(_ digest: SecretDigest) async throws { throw unused }
    func addToken(
        _ digest: SecretDigest, name: String, scopes: [String], at moment: Timestamp
    ) async throws -> APIToken { throw unused }
    func token(_ digest: SecretDigest) async throws -> APIToken? { throw unused }
    func close() async throws { throw unused }
}

extension MemoryStore {
    var projectsMark: Int64 { 0 }
    func note(_ notes: [FilterNote]) async throws { throw unused }
    func filterTallies(of project: ProjectID, at moment: Timestamp) async throws -> [FilterTally] { [] }
    func outcomes(of project: ProjectID?, in spans: HourSpans) async throws -> [OutcomeSlice] { slices }
    func projectSettings() async throws -> [ProjectID: ProjectSettings] { settings }
    func createKey(label: String, of project: ProjectID, at moment: Timestamp) async throws -> ProjectKey {
        throw unused
    }
    func changeKey(
        _ key: Int64, of project: ProjectID, _ change: @Sendable (inout ProjectKey) -> Void
    ) async throws -> ProjectKey { throw unused }
    func deleteKey(_ key: Int64, of project: ProjectID) async throws { throw unused }
    func changeSettings(
        of project: ProjectID, _ change: @Sendable (inout ProjectSettings) -> Void
    ) async throws -> ProjectSettings { throw unused }
}

extension MemoryStore {
    func groupingSettings() async throws -> [ProjectID: GroupingSettings] { [:] }
    func hashes(of issue: IssueID) async throws -> [GroupingHash] { [GroupingHash(7)] }
    func setGroupingSettings(_ settings: GroupingSettings, of project: ProjectID) async throws {
        throw unused
    }
    func attach(_ hashes: [GroupingHash], to issue: IssueID) async throws -> [IssueID] { throw unused }
    func merge(_ issues: [IssueID]) async throws -> IssueID { throw unused }
    func delete(_ issue: IssueID) async throws { throw unused }
    func discard(_ issue: IssueID, at moment: Timestamp) async throws { throw unused }
    func continueDepartures() async throws -> Bool { false }
    func unmerge(_ hashes: [GroupingHash], from issue: IssueID) async throws -> IssueID {
        throw StoreError.missing("a hash of issue \(issue)")
    }
    func regroup(_ project: ProjectID) async throws { throw unused }
    func regroupingCount(of project: ProjectID) async throws -> Int { 0 }
    func nextRegrouping(limit: Int) async throws -> RegroupingBatch? { nil }
    func regroup(_ batch: RegroupingBatch, as events: [GroupedEvent?]) async throws { throw unused }
    func issuesToSketch(limit: Int) async throws -> [IssueID] { [] }
    func setSketch(_ sketch: IssueSketch, of issue: IssueID) async throws { throw unused }
    func similarIssues(to issue: IssueID, limit: Int) async throws -> [SimilarIssue] { similar }
}

extension MemoryStore {
    func quotaCounts() async throws -> [QuotaCount] { [] }
    func setQuotaCounts(_ counts: [QuotaCount], at moment: Timestamp) async throws { throw unused }
    func accepted(in ranges: [AcceptedRange]) async throws -> [AcceptedSum] { [] }
    func allowances() async throws -> [ProjectID: ProjectAllowance] { [:] }
    func setAllowance(_ allowance: ProjectAllowance, of project: ProjectID) async throws { throw unused }
}

extension MemoryStore {
    func attachments(of event: EventID, in project: ProjectID) async throws -> [Attachment] {
        allAttachments.filter { $0.event == event && $0.project == project }
    }
    func attachment(_ id: AttachmentID, of event: EventID, in project: ProjectID) async throws -> Attachment?
    {
        try await attachments(of: event, in: project).first { $0.id == id }
    }
    func removeAttachment(
        _ id: AttachmentID, of event: EventID, in project: ProjectID
    ) async throws -> Bool { throw unused }
    func settleAttachments(receivedBefore moment: Timestamp, limit: Int) async throws -> Bool { throw unused }
    func forgetFree(_ files: [FileDigest]) async throws { throw unused }
    func freeFiles(limit: Int) async throws -> FreeFiles { throw unused }
    func unusedFiles(among files: [FileDigest]) async throws -> [FileDigest] { throw unused }
}

extension MemoryStore {
    func usage() async throws -> UsageReport { UsageReport() }
    func heaviestIssues(of project: ProjectID?, limit: Int) async throws -> [HeavyIssue] { [] }
    func surplusAttachments(
        of issue: IssueID, over bytes: Int64, limit: Int
    ) async throws -> [AttachmentID] { [] }
    func remove(_ attachments: [AttachmentID]) async throws -> Int { throw unused }
    func removeAttachments(
        of project: ProjectID, receivedBefore moment: Timestamp, limit: Int
    ) async throws -> Int { throw unused }
    func agedIssues(
        after issue: IssueID?, _ cutoffs: [ProjectID: RetentionCutoffs]
    ) async throws -> (issues: [IssueID], next: IssueID?) { ([], nil) }
    func removeAged(
        from issue: IssueID, _ cutoffs: RetentionCutoffs, limit: Int
    ) async throws -> RemovedEvents { throw unused }
    func crowdedIssues(of project: ProjectID?, limit: Int) async throws -> [CrowdedIssue] { [] }
    func thinOut(
        _ issue: IssueID, after place: ThinningPlace?, keeping share: (kept: Int64, of: Int64)
    ) async throws -> ThinnedEvents { throw unused }
    func removeAgedItems(
        of project: ProjectID, _ cutoffs: RetentionCutoffs, limit: Int
    ) async throws -> Bool { false }
    func removeOutcomes(beforeHour hour: Int64) async throws -> Bool { false }
    func giveSpaceBack() async throws -> Bool { false }
}

extension MemoryStore {
    func addErasure(
        of subject: ErasureSubject, in project: ProjectID?, by name: String, at moment: Timestamp
    ) async throws -> ErasureOrder { throw unused }
    func erasures(limit: Int) async throws -> [ErasureOrder] { [] }
    func erasure(_ id: ErasureID) async throws -> ErasureOrder? { nil }
    func nextErasure() async throws -> ErasureOrder? { nil }
    func lastRow(of step: ErasureStep) async throws -> Int64 { 0 }
    func setPlace(_ place: ErasurePlace, of erasure: ErasureID) async throws { throw unused }
    func endErasure(_ erasure: ErasureID, as end: ErasureOrder.End, at moment: Timestamp) async throws {
        throw unused
    }
    func attachmentsToSearch(
        of project: ProjectID?, after attachment: AttachmentID, limit: Int
    ) async throws -> [SearchedAttachment] { [] }
    func erase(
        _ attachments: [AttachmentID], havingOneOf files: [FileDigest], of project: ProjectID?,
        for order: ErasureID
    ) async throws -> Int { throw unused }
    func eventsToSearch(
        of project: ProjectID?, after row: Int64, limit: Int
    ) async throws -> [SearchedEvent] { [] }
    func erase(_ events: [ErasedEvent], for order: ErasureID) async throws -> Int { throw unused }
    func recordsToSearch(
        _ kind: RecordKind, of project: ProjectID?, after row: Int64, limit: Int
    ) async throws -> [SearchedRecord] { [] }
    func erase(_ kind: RecordKind, _ rows: [Int64], for order: ErasureID) async throws -> Int { throw unused }
    func eraseTraces(
        of project: ProjectID?, after issue: IssueID?, users: [UserDigest], for order: ErasureID?,
        _ rewrite: @Sendable (String) -> String?
    ) async throws -> (count: Int, next: IssueID?) { throw unused }
}

extension MemoryStore {
    func feedback(about event: EventID, in project: ProjectID) async throws -> [Feedback] {
        allFeedback.filter { $0.draft.event == event && $0.project == project }
    }
    func feedback(
        of project: ProjectID?, before moment: Timestamp, limit: Int
    ) async throws -> [Feedback] { Array(allFeedback.prefix(limit)) }
    func monitors(of project: ProjectID?) async throws -> [Monitor] { allMonitors }
    func checkIns(of monitor: Int64, limit: Int) async throws -> [CheckIn] { [] }
    func releaseHours(of project: ProjectID, sinceHour hour: Int64) async throws -> [ReleaseHour] { allHours }
    func traceItems(of trace: TraceID, in project: ProjectID) async throws -> [TraceItem] { [] }
    func trimItems(at moment: Timestamp, traceBytes: Int64) async throws -> Bool { throw unused }
}
