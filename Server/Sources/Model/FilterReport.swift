// What a filter is, how it is set, and what it has found lately.

public import FlycatcherWire

/// One filter of a project as pages and tools show it.
public struct FilterReport: Hashable, Sendable {
    public let filter: FilterID
    public let setting: FilterSetting
    /// What it has found, by pattern, the busiest first; also by patterns that are not looked for any more.
    public let tallies: [FilterTally]

    init(filter: FilterID, setting: FilterSetting, tallies: [FilterTally]) {
        self.filter = filter
        self.setting = setting
        self.tallies = tallies.sorted { ($1.weekCount, $0.pattern) < ($0.weekCount, $1.pattern) }
    }

    /// How many events it has found in the last 24 hours.
    public var dayCount: Int64 { tallies.reduce(0) { $0 + $1.dayCount } }

    /// How many in the last seven days.
    public var weekCount: Int64 { tallies.reduce(0) { $0 + $1.weekCount } }

    /// Where the last event that it has found is told of; nil for none yet.
    public var last: FilterTally? { tallies.max { $0.at < $1.at } }

    /// What each of its patterns has found, in the order in which they were typed.
    public var patterns: [(pattern: String, tally: FilterTally?)] {
        let known = Dictionary(tallies.map { ($0.pattern, $0) }) { first, _ in first }
        return setting.patterns.map { ($0, known[$0]) }
    }

    /// Whether it looks for anything: it is on, and somebody has said what for if it needs to be told.
    public var isAtWork: Bool { setting.isAtWork(as: filter) }
}

/// Events that one filter has found by one of its patterns: how many, and all that is kept of the last of them.
public struct FilterNote: Hashable, Sendable {
    public let project: ProjectID
    public let filter: FilterID
    /// The pattern, as it was typed; empty for a filter that goes by a fixed rule.
    public let pattern: String
    public let count: Int64
    /// What the last one is called, without its secrets; empty when nothing of it was read.
    public let title: String
    public let at: Timestamp

    /// Takes note of events.
    public init(
        project: ProjectID, filter: FilterID, pattern: String = "", count: Int64 = 1, title: String,
        at: Timestamp
    ) {
        self.project = project
        self.filter = filter
        self.pattern = pattern
        self.count = count
        self.title = title
        self.at = at
    }
}

/// What a filter has found lately by one of its patterns.
public struct FilterTally: Hashable, Sendable {
    public let filter: FilterID
    /// The pattern, as it was typed; empty for a filter that goes by a fixed rule.
    public let pattern: String
    /// How many events in the last 24 hours.
    public let dayCount: Int64
    /// How many in the last seven days.
    public let weekCount: Int64
    /// What the last event is called; empty when nothing of any was read.
    public let title: String
    /// When the last one came.
    public let at: Timestamp

    /// Takes what was counted.
    public init(
        filter: FilterID, pattern: String, dayCount: Int64, weekCount: Int64, title: String, at: Timestamp
    ) {
        self.filter = filter
        self.pattern = pattern
        self.dayCount = dayCount
        self.weekCount = weekCount
        self.title = title
        self.at = at
    }

    /// Hours of a day, the current one included.
    public static let dayHours: Int64 = 24
    /// Hours of a week, the current one included; older ones are forgotten.
    public static let weekHours: Int64 = 168
    /// Of how many patterns of one filter something is kept: of all that are set, and some that were.
    public static let maximumCount = FilterSettings.maximumPatternCount * 2
}

extension Store {
    /// The filters of a project in the order in which they are asked.
    public func filterReports(of project: Project, at now: Timestamp) async throws -> [FilterReport] {
        let settings = try await settings(of: project.id).filters
        let tallies = Dictionary(
            grouping: try await filterTallies(of: project.id, at: now), by: \.filter)
        return FilterID.allCases.map { filter in
            FilterReport(
                filter: filter, setting: settings.setting(of: filter, platform: project.platform),
                tallies: tallies[filter] ?? [])
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
