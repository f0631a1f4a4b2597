// A store that holds what pages ask for, in memory, and takes nothing in.

import FlycatcherWire
import Model

/// The issues, events and figures of a test.
struct PageStore: Store {
    var found: [Issue] = []
    var next: IssueCursor?
    var total: Int?
    var stored: [StoredEvent] = []
    var counts: [Int64] = []
    var facets: [TagFacet] = []
    var allAttachments: [Attachment] = []
    var slices: [OutcomeSlice] = []
    var allFeedback: [Feedback] = []
    var allMonitors: [Monitor] = []
    var allHours: [ReleaseHour] = []

    func issues(_ query: IssueQuery) async throws -> IssuePage {
        let issues = found.filter { query.project == nil || $0.project == query.project }
        return IssuePage(issues: Array(issues.prefix(query.limit)), next: next, total: total ?? issues.count)
    }

    func issue(_ id: IssueID) async throws -> Issue? {
        found.first { $0.id == id }
    }

    func issue(_ shortID: ShortID) async throws -> Issue? {
        found.first { $0.shortID == shortID }
    }

    func dailyCounts(of issues: [IssueID], days: Int, today: Timestamp) async throws -> [IssueID: [Int64]] {
        let padded = Array(repeating: 0, count: max(0, days - counts.count)) + counts.suffix(days)
        return Dictionary(issues.map { ($0, padded) }) { first, _ in first }
    }

    func tagFacets(of issue: IssueID, valueLimit: Int) async throws -> [TagFacet] {
        facets
    }

    func event(_ choice: EventChoice, of issue: IssueID) async throws -> StoredEvent? {
        switch choice {
        case .latest: stored.last
        case .oldest: stored.first
        case .id(let id): stored.first { $0.summary.id == id }
        }
    }

    func event(_ id: EventID, in project: ProjectID) async throws -> StoredEvent? {
        stored.first { $0.summary.id == id }
    }

    func events(withID id: EventID) async throws -> [EventSummary] {
        stored.map(\.summary).filter { $0.id == id }
    }

    func events(of issue: IssueID, after: EventCursor?, limit: Int) async throws -> [EventSummary] {
        let newestFirst = stored.map(\.summary).reversed()
        let rest =
            after.map { after in newestFirst.filter { $0.timestamp < after.timestamp } } ?? Array(newestFirst)
        return Array(rest.prefix(limit))
    }

    func check() async throws {}
    func close() async throws {}
    func projects() async throws -> [Project] { [] }
    func projectKeys() async throws -> [ProjectKey] { [] }
    func projectsVersion() async throws -> Int64 { 0 }
    func outcomes(of project: ProjectID?, sinceHour hour: Int64) async throws -> [OutcomeTotal] { [] }
    func totals() async throws -> StoreTotals { StoreTotals(events: 0, issues: 0, projects: 0, diskBytes: 0) }
    func users() async throws -> [User] { [] }
    func user(email: String) async throws -> (user: User, password: PasswordHash?)? { nil }
    func session(_ digest: SecretDigest, at moment: Timestamp) async throws -> Session? { nil }
    func token(_ digest: SecretDigest) async throws -> APIToken? { nil }
    func takeSignInLink(_ digest: SecretDigest, at moment: Timestamp) async throws -> User? { nil }
    func takeAnnouncements(limit: Int) async throws -> [Announcement] { [] }
}

extension PageStore {
    private var readOnly: StoreError { .unavailable("the pages' store takes nothing in") }

    func record(_ event: GroupedEvent) async throws -> Recording { throw readOnly }
    func record(_ event: GroupedEvent?, with enclosures: Enclosures) async throws -> Recording? {
        throw readOnly
    }
    func count(_ outcomes: [OutcomeKey: Int64]) async throws { throw readOnly }
    func createProject(_ draft: ProjectDraft, at moment: Timestamp) async throws -> (Project, ProjectKey) {
        throw readOnly
    }
    func createUser(
        email: String, role: Role, password: PasswordHash?, at moment: Timestamp
    ) async throws -> User { throw readOnly }
    func setPassword(_ password: PasswordHash, of user: UserID) async throws { throw readOnly }
    func addSignInLink(_ digest: SecretDigest, for user: UserID, expiresAt: Timestamp) async throws {
        throw readOnly
    }
    func addSession(
        _ digest: SecretDigest, for user: UserID, formToken: String, expiresAt: Timestamp
    ) async throws { throw readOnly }
    func removeSession(_ digest: SecretDigest) async throws { throw readOnly }
    func addToken(
        _ digest: SecretDigest, name: String, scopes: [String], at moment: Timestamp
    ) async throws -> APIToken { throw readOnly }
}

extension PageStore {
    var projectsMark: Int64 { 0 }
    func note(_ notes: [FilterNote]) async throws { throw readOnly }
    func filterTallies(of project: ProjectID, at moment: Timestamp) async throws -> [FilterTally] { [] }
    func outcomes(of project: ProjectID?, in spans: HourSpans) async throws -> [OutcomeSlice] { slices }
    func projectSettings() async throws -> [ProjectID: ProjectSettings] { [:] }
    func createKey(label: String, of project: ProjectID, at moment: Timestamp) async throws -> ProjectKey {
        throw readOnly
    }
    func changeKey(
        _ key: Int64, of project: ProjectID, _ change: @Sendable (inout ProjectKey) -> Void
    ) async throws -> ProjectKey { throw readOnly }
    func deleteKey(_ key: Int64, of project: ProjectID) async throws { throw readOnly }
    func changeSettings(
        of project: ProjectID, _ change: @Sendable (inout ProjectSettings) -> Void
    ) async throws -> ProjectSettings { throw readOnly }
}

extension PageStore {
    func groupingSettings() async throws -> [ProjectID: GroupingSettings] { [:] }
    func hashes(of issue: IssueID) async throws -> [GroupingHash] { [GroupingHash(7)] }
    func setGroupingSettings(_ settings: GroupingSettings, of project: ProjectID) async throws {
        throw readOnly
    }
    func attach(_ hashes: [GroupingHash], to issue: IssueID) async throws -> [IssueID] { throw readOnly }
    func merge(_ issues: [IssueID]) async throws -> IssueID { throw readOnly }
    func delete(_ issue: IssueID) async throws { throw readOnly }
    func discard(_ issue: IssueID, at moment: Timestamp) async throws { throw readOnly }
    func continueDepartures() async throws -> Bool { false }
    func unmerge(_ hashes: [GroupingHash], from issue: IssueID) async throws -> IssueID {
        throw readOnly
    }
    func regroup(_ project: ProjectID) async throws { throw readOnly }
    func regroupingCount(of project: ProjectID) async throws -> Int { 0 }
    func nextRegrouping(limit: Int) async throws -> RegroupingBatch? { nil }
    func regroup(_ batch: RegroupingBatch, as events: [GroupedEvent?]) async throws { throw readOnly }
    func issuesToSketch(limit: Int) async throws -> [IssueID] { [] }
    func setSketch(_ sketch: IssueSketch, of issue: IssueID) async throws { throw readOnly }
    func similarIssues(to issue: IssueID, limit: Int) async throws -> [SimilarIssue] { [] }
}

extension PageStore {
    func quotaCounts() async throws -> [QuotaCount] { [] }
    func setQuotaCounts(_ counts: [QuotaCount], at moment: Timestamp) async throws { throw readOnly }
    func accepted(in ranges: [AcceptedRange]) async throws -> [AcceptedSum] { [] }
    func allowances() async throws -> [ProjectID: ProjectAllowance] { [:] }
    func setAllowance(_ allowance: ProjectAllowance, of project: ProjectID) async throws { throw readOnly }
}

extension PageStore {
    func attachments(of event: EventID, in project: ProjectID) async throws -> [Attachment] {
        allAttachments.filter { $0.event == event && $0.project == project }
    }
    func attachment(_ id: AttachmentID, of event: EventID, in project: ProjectID) async throws -> Attachment?
    {
        try await attachments(of: event, in: project).first { $0.id == id }
    }
    func removeAttachment(
        _ id: AttachmentID, of event: EventID, in project: ProjectID
    ) async throws -> Bool { throw readOnly }
    func settleAttachments(receivedBefore moment: Timestamp, limit: Int) async throws -> Bool {
        throw readOnly
    }
    func forgetFree(_ files: [FileDigest]) async throws { throw readOnly }
    func freeFiles(limit: Int) async throws -> FreeFiles { throw readOnly }
    func unusedFiles(among files: [FileDigest]) async throws -> [FileDigest] { throw readOnly }
}

extension PageStore {
    func usage() async throws -> UsageReport { UsageReport() }
    func heaviestIssues(of project: ProjectID?, limit: Int) async throws -> [HeavyIssue] { [] }
    func surplusAttachments(
        of issue: IssueID, over bytes: Int64, limit: Int
    ) async throws -> [AttachmentID] { [] }
    func remove(_ attachments: [AttachmentID]) async throws -> Int { throw readOnly }
    func removeAttachments(
        of project: ProjectID, receivedBefore moment: Timestamp, limit: Int
    ) async throws -> Int { throw readOnly }
    func agedIssues(
        after issue: IssueID?, _ cutoffs: [ProjectID: RetentionCutoffs]
    ) async throws -> (issues: [IssueID], next: IssueID?) { ([], nil) }
    func removeAged(
        from issue: IssueID, _ cutoffs: RetentionCutoffs, limit: Int
    ) async throws -> RemovedEvents { throw readOnly }
    func crowdedIssues(of project: ProjectID?, limit: Int) async throws -> [CrowdedIssue] { [] }
    func thinOut(
        _ issue: IssueID, after place: ThinningPlace?, keeping share: (kept: Int64, of: Int64)
    ) async throws -> ThinnedEvents { throw readOnly }
    func removeAgedItems(
        of project: ProjectID, _ cutoffs: RetentionCutoffs, limit: Int
    ) async throws -> Bool { false }
    func removeOutcomes(beforeHour hour: Int64) async throws -> Bool { false }
    func giveSpaceBack() async throws -> Bool { false }
}

extension PageStore {
    func addErasure(
        of subject: ErasureSubject, in project: ProjectID?, by name: String, at moment: Timestamp
    ) async throws -> ErasureOrder { throw readOnly }
    func erasures(limit: Int) async throws -> [ErasureOrder] { [] }
    func erasure(_ id: ErasureID) async throws -> ErasureOrder? { nil }
    func nextErasure() async throws -> ErasureOrder? { nil }
    func lastRow(of step: ErasureStep) async throws -> Int64 { 0 }
    func setPlace(_ place: ErasurePlace, of erasure: ErasureID) async throws { throw readOnly }
    func endErasure(_ erasure: ErasureID, as end: ErasureOrder.End, at moment: Timestamp) async throws {
        throw readOnly
    }
    func attachmentsToSearch(
        of project: ProjectID?, after attachment: AttachmentID, limit: Int
    ) async throws -> [SearchedAttachment] { [] }
    func erase(
        _ attachments: [AttachmentID], havingOneOf files: [FileDigest], of project: ProjectID?,
        for order: ErasureID
    ) async throws -> Int { throw readOnly }
    func eventsToSearch(
        of project: ProjectID?, after row: Int64, limit: Int
    ) async throws -> [SearchedEvent] { [] }
    func erase(_ events: [ErasedEvent], for order: ErasureID) async throws -> Int { throw readOnly }
    func recordsToSearch(
        _ kind: RecordKind, of project: ProjectID?, after row: Int64, limit: Int
    ) async throws -> [SearchedRecord] { [] }
    func erase(_ kind: RecordKind, _ rows: [Int64], for order: ErasureID) async throws -> Int {
        throw readOnly
    }
    func eraseTraces(
        of project: ProjectID?, after issue: IssueID?, users: [UserDigest], for order: ErasureID?,
        _ rewrite: @Sendable (String) -> String?
    ) async throws -> (count: Int, next: IssueID?) { throw readOnly }
}

extension PageStore {
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
    func trimItems(at moment: Timestamp, traceBytes: Int64) async throws -> Bool { throw readOnly }
}
