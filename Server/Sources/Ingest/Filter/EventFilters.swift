// The filters of a project: which events it does not want, asked in a fixed order.

public import FlycatcherWire
public import Model

/// The filters that a project has switched on, made ready once; a project without any is asked nothing.
public final class EventFilters: Sendable {
    /// By what a filter finds an event, once it is normalised and before it is scrubbed; nil when it does not.
    typealias Finding = @Sendable (EventDraft) -> Trigger?

    /// What made a filter find something.
    enum Trigger: Hashable, Sendable {
        /// Its fixed rule.
        case rule
        /// One of its patterns, as it was typed.
        case pattern(String)
    }

    /// One filter that looks for something.
    struct Filter: Sendable {
        let id: FilterID
        let action: FilterAction
        let finds: Finding
    }

    /// No filter at all.
    public static let none = EventFilters([])

    /// Those that are asked, in order, by what an event is.
    private let ofErrors: [Filter]
    private let ofTransactions: [Filter]
    private let ofReports: [Filter]
    /// Whose connections are refused before anything is read.
    private let refusedAddresses: AddressRanges?

    /// Reads what a project says.
    public convenience init(_ settings: FilterSettings, platform: String) {
        let filters: [Filter] = FilterID.allCases.compactMap { id in
            let setting = settings.setting(of: id, platform: platform)
            guard setting.isOn, let finds = Self.finding(id, setting.patterns) else { return nil }
            return Filter(id: id, action: setting.action, finds: finds)
        }
        let addresses = settings.setting(of: .address, platform: platform)
        let areRefused = addresses.isOn && addresses.action == .drop
        self.init(filters, refusing: areRefused ? AddressRanges(addresses.patterns) : nil)
    }

    private init(_ filters: [Filter], refusing addresses: AddressRanges? = nil) {
        ofErrors = filters.filter { $0.id.concerns(.error) }
        ofTransactions = filters.filter { $0.id.concerns(.transaction) }
        ofReports = filters.filter { $0.id.concerns(.csp) }
        refusedAddresses = addresses
    }

    /// The pattern by which nothing is wanted that comes from an address, so that it need not be read; nil when it is.
    public func pattern(refusing address: String?) -> String? {
        guard let refusedAddresses, let address else { return nil }
        return refusedAddresses.first(containing: address)
    }

    /// The first filter that finds an event; nil when it is wanted.
    func first(finding draft: EventDraft) -> FilterMatch? {
        for filter in filters(of: draft.type) {
            guard let trigger = filter.finds(draft) else { continue }
            return FilterMatch(filter, trigger)
        }
        return nil
    }

    private func filters(of type: EventType) -> [Filter] {
        switch type {
        case .error, .message, .feedback: ofErrors
        case .transaction: ofTransactions
        case .csp, .hpkp, .expectct, .expectstaple: ofReports
        }
    }

    /// What a filter does; nil when it has nothing to look for.
    private static func finding(_ id: FilterID, _ patterns: [String]) -> Finding? {
        switch id {
        case .hydration: rule(HydrationFilter.finds)
        case .chunkLoad: rule(ChunkLoadFilter.finds)
        case .contentPolicy: ContentPolicyFilter.finding(patterns)
        case .address: AddressFilter.finding(patterns)
        case .release: ReleaseFilter.finding(patterns)
        case .errorMessage: ErrorMessageFilter.finding(patterns)
        case .localhost: rule(LocalhostFilter.finds)
        case .browserExtensions: rule(ExtensionFilter.finds)
        case .legacyBrowsers: LegacyBrowserFilter.finding(patterns)
        case .webCrawlers: rule(CrawlerFilter.finds)
        case .transaction: TransactionFilter.finding(patterns)
        }
    }

    private static func rule(_ finds: @escaping @Sendable (EventDraft) -> Bool) -> Finding {
        { finds($0) ? .rule : nil }
    }

    /// What is wrong with something that a filter is to look for; nil when nothing is.
    public static func problem(with pattern: String, in filter: FilterID) -> String? {
        guard pattern.utf8.count <= FilterSettings.maximumPatternLength else {
            return "at most \(FilterSettings.maximumPatternLength) bytes"
        }
        switch filter {
        case .address:
            return AddressRange(pattern) == nil
                ? "'\(pattern)' is no address and no range; write 192.0.2.7, 192.0.2.0/24 or 2001:db8::/32"
                : nil
        case .legacyBrowsers:
            return LegacyBrowserFilter.names.contains(pattern)
                ? nil
                : "there is no browser '\(pattern)'; there are \(LegacyBrowserFilter.names.joined(separator: ", "))"
        case .contentPolicy, .release, .errorMessage, .transaction:
            do {
                _ = try TextPattern(pattern)
                return nil
            } catch {
                return "\(error)"
            }
        case .hydration, .chunkLoad, .localhost, .browserExtensions, .webCrawlers: return nil
        }
    }
}

extension FilterID {
    /// Whether it is asked about events of a type.
    func concerns(_ type: EventType) -> Bool {
        switch self {
        case .contentPolicy: type == .csp
        case .transaction: type == .transaction
        case .hydration, .chunkLoad, .errorMessage, .browserExtensions: type == .error
        case .address, .release, .localhost, .legacyBrowsers, .webCrawlers: true
        }
    }
}

/// A filter that finds an event, and by what.
public struct FilterMatch: Hashable, Sendable {
    public let filter: FilterID
    public let action: FilterAction
    /// The pattern that fits, as it was typed; empty for a filter that goes by a fixed rule.
    public let pattern: String

    init(_ filter: EventFilters.Filter, _ trigger: EventFilters.Trigger) {
        self.filter = filter.id
        action = filter.action
        pattern =
            switch trigger {
            case .rule: ""
            case .pattern(let text): text
            }
    }
}

/// An event that a filter has found.
public struct FilterHit: Hashable, Sendable {
    public let match: FilterMatch
    public let event: EventID
    public let type: EventType
    /// What the event is called, without its secrets.
    public let title: String

    init(_ match: FilterMatch, _ draft: EventDraft) {
        self.match = match
        event = draft.id
        type = draft.type
        title = draft.facts.title
    }
}

/// The step of the pipeline in which filters are asked.
enum Filters {
    static func apply(_ draft: inout EventDraft) throws(Drop) {
        guard let match = draft.arrival.filters.first(finding: draft) else { return }
        guard match.action == .drop else {
            draft.archivedBy = match
            return
        }
        // What people read of it is scrubbed as if it were kept.
        Scrubbing.apply(&draft)
        Titles.apply(&draft)
        throw .filtered(FilterHit(match, draft))
    }
}
