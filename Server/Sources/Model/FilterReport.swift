// What a filter is, how it is set, and what it has found lately.

public import FlycatcherWire

/// One filter of a project as pages and tools show it.
public struct FilterReport: Hashable, Sendable {
    public let filter: FilterID
    public let setting: FilterSetting
    /// How many events it has kept out in the last 24 hours.
    public let dayCount: Int64
    /// How many in the last seven days.
    public let weekCount: Int64
    /// The last event that it has kept out; nil for none yet.
    public let last: FilterNote?

    init(
        filter: FilterID, setting: FilterSetting, dayCount: Int64, weekCount: Int64, last: FilterNote?
    ) {
        self.filter = filter
        self.setting = setting
        self.dayCount = dayCount
        self.weekCount = weekCount
        self.last = last
    }
}

/// An event that a filter has kept out: all that is kept of it.
public struct FilterNote: Hashable, Sendable {
    public let project: ProjectID
    public let filter: FilterID
    /// What the event would have been called, without its secrets.
    public let title: String
    public let at: Timestamp

    /// Takes note of an event.
    public init(project: ProjectID, filter: FilterID, title: String, at: Timestamp) {
        self.project = project
        self.filter = filter
        self.title = title
        self.at = at
    }
}

extension Store {
    /// The filters of a project in the order in which they are asked.
    public func filterReports(of project: Project, at now: Timestamp) async throws -> [FilterReport] {
        let settings = try await settings(of: project.id).filters
        let day = try await filteredCounts(of: project.id, sinceHour: now.hour - 23)
        let week = try await filteredCounts(of: project.id, sinceHour: now.hour - 24 * 7 + 1)
        let notes = Dictionary(try await filterNotes(of: project.id).map { ($0.filter, $0) }) { first, _ in
            first
        }
        return FilterID.allCases.map { filter in
            FilterReport(
                filter: filter, setting: settings.setting(of: filter, platform: project.platform),
                dayCount: day[filter.rawValue] ?? 0, weekCount: week[filter.rawValue] ?? 0,
                last: notes[filter])
        }
    }

    private func filteredCounts(of project: ProjectID, sinceHour hour: Int64) async throws -> [String: Int64]
    {
        try await outcomes(of: project, sinceHour: hour).reduce(into: [:]) { counts, total in
            if total.outcome.kind == .filtered { counts[total.outcome.reason, default: 0] += total.quantity }
        }
    }
}

extension FilterID {
    /// What people call it.
    public var title: String {
        switch self {
        case .hydration: "React hydration errors"
        case .chunkLoad: "Code that could not be loaded"
        case .contentPolicy: "Sources of content-policy reports"
        case .address: "IP addresses"
        case .release: "Releases"
        case .errorMessage: "Error messages"
        case .localhost: "Local machines"
        case .browserExtensions: "Browser extensions"
        case .legacyBrowsers: "Old browsers"
        case .webCrawlers: "Web crawlers"
        case .transaction: "Health checks"
        }
    }

    /// What it finds, in a sentence or two.
    public var summary: String {
        switch self {
        case .hydration:
            "Errors of React about pages that server and browser draw differently; extensions cause most of them."
        case .chunkLoad: "A piece of a page's code is gone, as after every release, or the network was."
        case .contentPolicy:
            "Reports about what was blocked from these sources: https://*.example.org, chrome-extension://*"
        case .address:
            "Everything from connections of these addresses: 192.0.2.7, 192.0.2.0/24, 2001:db8::/32. It is not even read."
        case .release: "Events of releases that fit: shop@1.*, *-beta. Events without a release stay."
        case .errorMessage:
            "Errors that fit as type: value, and messages; the whole text, in any case: *ResizeObserver loop*, ConnectionError: *timed out*, *{foo,bar}*"
        case .localhost: "Events of machines on which somebody develops: localhost, 127.0.0.1, files."
        case .browserExtensions: "Errors in pages that come from extensions and toolbars."
        case .legacyBrowsers: "Browsers so old that nobody mends pages for them. All, or those named here."
        case .webCrawlers: "Pages that search engines, link previews and monitors have opened."
        case .transaction: "Transactions that fit by name, such as those of load balancers: */healthz"
        }
    }
}
