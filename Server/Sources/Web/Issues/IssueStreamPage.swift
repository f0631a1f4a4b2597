// The issue stream: GET /issues/.

import FlycatcherWire
public import Model

/// The list of issues, newest first, with its filters.
public struct IssueStreamPage: Page {
    public let content: PageContent

    /// Asks the store for the issues of an address and gets their page ready.
    public init(_ address: StreamAddress, store: any Store, context: PageContext) async throws {
        let query = address.query(among: context.projects)
        var found = IssuePage(issues: [], next: nil, total: 0)
        if let query { found = try await store.issues(query) }
        let counts = try await store.dailyCounts(
            of: found.issues.map(\.id), days: IssueRow.days, today: context.now)
        let rows = found.issues.map { IssueRow($0, dailyCounts: counts[$0.id] ?? [], context: context) }
        let stream = IssueStream(address: address, page: found, rows: rows, context: context)
        content = PageContent(
            template: "stream", frame: PageFrame("Issues", .issues, context), values: stream)
    }
}
