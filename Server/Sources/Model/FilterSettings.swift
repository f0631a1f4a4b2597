// Which events a project does not want, by filter.

/// A filter that keeps unwanted events out, by the word under which tools know it.
public enum FilterID: String, CaseIterable, Sendable {
    // In the order in which they are asked.
    case hydration = "react-hydration-errors"
    case chunkLoad = "chunk-load-error"
    case contentPolicy = "csp-sources"
    case address = "ip-address"
    case release = "release-version"
    case errorMessage = "error-message"
    case localhost
    case browserExtensions = "browser-extensions"
    case legacyBrowsers = "legacy-browsers"
    case webCrawlers = "web-crawlers"
    case transaction = "filtered-transaction"
}

/// What a filter does to the events that it finds.
public enum FilterAction: String, CaseIterable, Sendable, Codable {
    /// They are not taken in, only counted.
    case drop
    /// They are taken in, but their issue is archived from the beginning.
    case archive
}

/// One filter as a project has set it.
public struct FilterSetting: Hashable, Sendable, Codable {
    public var isOn: Bool
    public var action: FilterAction
    /// What it looks for, for a filter that looks for what people say; see ``FilterID/takesPatterns``.
    public var patterns: [String]

    /// Takes what a project says.
    public init(isOn: Bool = false, action: FilterAction = .drop, patterns: [String] = []) {
        self.isOn = isOn
        self.action = action
        self.patterns = patterns
    }

    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        isOn = try values.value(.isOn, or: false)
        action = try values.value(.action, or: .drop)
        patterns = try values.value(.patterns, or: [])
    }

    /// Whether a filter that is set so looks for anything.
    func isAtWork(as filter: FilterID) -> Bool {
        isOn && (!patterns.isEmpty || !filter.needsPatterns)
    }
}

/// The filters of a project, as far as they differ from what holds for its platform.
public struct FilterSettings: Hashable, Sendable, Codable {
    /// By the word of the filter; words of another version of the server are kept and not heeded.
    private var settings: [String: FilterSetting] = [:]

    /// How many patterns a filter has at most.
    public static let maximumPatternCount = 200
    /// How long a pattern may be, in bytes.
    public static let maximumPatternLength = 500

    /// What holds as long as nobody says otherwise.
    public init() {}

    /// How a filter is set in a project of a platform.
    public func setting(of filter: FilterID, platform: String) -> FilterSetting {
        settings[filter.rawValue] ?? filter.usual(platform: platform)
    }

    /// Sets a filter, whatever the platform.
    public mutating func set(_ filter: FilterID, to setting: FilterSetting) {
        settings[filter.rawValue] = setting
    }

    public init(from decoder: any Decoder) throws {
        settings = try decoder.singleValueContainer().decode([String: FilterSetting].self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(settings)
    }
}

extension FilterID {
    /// Whether it looks for what people say.
    ///
    /// Legacy browsers are its patterns too, out of those that there are; none of them means all.
    public var takesPatterns: Bool {
        switch self {
        case .contentPolicy, .address, .release, .errorMessage, .transaction, .legacyBrowsers: true
        case .hydration, .chunkLoad, .localhost, .browserExtensions, .webCrawlers: false
        }
    }

    /// Whether it finds nothing until somebody says what it is to look for.
    var needsPatterns: Bool { takesPatterns && self != .legacyBrowsers }

    /// How it is set as long as nobody says otherwise.
    ///
    /// Pages in browsers are what crawlers visit and extensions disturb, and what such events say nobody can mend.
    func usual(platform: String) -> FilterSetting {
        switch self {
        case .browserExtensions, .webCrawlers: FilterSetting(isOn: Self.isOfBrowsers(platform))
        case .transaction: FilterSetting(isOn: false, patterns: Self.healthChecks)
        case .contentPolicy: FilterSetting(isOn: true, patterns: Self.extensionSources)
        // They find nothing until somebody says what.
        case .address, .release, .errorMessage: FilterSetting(isOn: true)
        case .hydration, .chunkLoad, .localhost, .legacyBrowsers: FilterSetting()
        }
    }

    /// Whether a platform is code on pages.
    private static func isOfBrowsers(_ platform: String) -> Bool {
        platform.hasPrefix("javascript") || platform.hasPrefix("browser")
    }

    /// What load balancers and orchestrators ask again and again.
    private static let healthChecks = [
        "*healthcheck*", "*healthy*", "live", "live[!a-z]*", "*[!a-z]live", "*/live/*", "*/live", "ready",
        "ready[!a-z]*", "*/ready/*", "*/ready", "*heartbeat*", "*/health", "*/health/*", "*/healthz",
        "*/livez", "*/readyz", "*/_health", "*/ping", "*/up",
    ]

    /// What browser extensions bring along, which no page can allow or forbid.
    private static let extensionSources = [
        "chrome-extension://*", "moz-extension://*", "safari-extension://*", "safari-web-extension://*",
        "ms-browser-extension://*", "edge-extension://*",
    ]
}
