// An issue with one of its events: GET /issues/FLY-1A/ and below.

import FlycatcherWire
public import Model

/// Everything about an issue and one of its events, on one page.
public struct IssueDetailPage: Page {
    public let content: PageContent

    /// Asks the store for an event of an issue and gets their page ready.
    ///
    /// `explain` says why an event is grouped as it is, if it can; `read` gives what is in an attachment, if it is a short
    /// text. Gives nil when the issue has no such event. An issue whose events have all been removed still has a page.
    public init?(
        _ issue: Issue, event choice: EventChoice, store: any Store,
        explain: @Sendable (StoredEvent) -> GroupingExplanation? = { _ in nil },
        read: @Sendable (Attachment) async throws -> String? = { _ in nil }, context: PageContext
    ) async throws {
        let event = try await store.event(choice, of: issue.id)
        if event == nil, case .id = choice { return nil }
        let counts = try await store.dailyCounts(of: [issue.id], days: IssueDetail.days, today: context.now)
        let facets = try await store.tagFacets(of: issue.id, valueLimit: FacetView.maximumValues)
        let attachments = try await event.asyncMap {
            try await AttachmentList(of: $0.summary, issue: issue.shortID, store: store, read, context)
        }
        let feedback = try await event.asyncMap {
            try await FeedbackList(about: $0.summary, store: store, context)
        }
        let detail = IssueDetail(
            issue: issue, event: event, dailyCounts: counts[issue.id] ?? [], facets: facets,
            why: event.flatMap(explain), attachments: attachments ?? nil,
            feedback: feedback ?? nil, context: context)
        content = PageContent(
            template: "issue", frame: PageFrame("\(issue.facts.title) · \(issue.shortID)", .issues, context),
            values: detail)
    }
}
