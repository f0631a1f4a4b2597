// Finds events of browsers so old that nobody mends pages for them.

import TapeJSON

enum LegacyBrowserFilter {
    /// - Parameter chosen: the browsers that are meant; none means all.
    static func finding(_ chosen: [String]) -> EventFilters.Finding? {
        let browsers = chosen.isEmpty ? Set(names) : Set(chosen)
        return { draft in
            guard let agent = draft.headerText("User-Agent"), let browser = BrowserName(agent) else {
                return false
            }
            return isLegacy(browser, among: browsers)
        }
    }

    /// The browsers, and some words of old for certain versions of them.
    static let names = [
        "ie", "edge", "safari", "chrome", "firefox", "android", "opera", "opera_mini", "ie_pre_9", "ie9",
        "ie10",
        "ie11", "safari_pre_6", "opera_pre_15", "opera_mini_pre_8", "android_pre_4", "edge_pre_79",
    ]

    private static func isLegacy(_ browser: BrowserName, among chosen: Set<String>) -> Bool {
        let version = browser.version
        func isChosen(_ name: String, before minimum: Int) -> Bool {
            version < minimum && chosen.contains(name)
        }
        return switch browser.family {
        case .internetExplorer:
            chosen.contains("ie") || isChosen("ie_pre_9", before: 9) || version == 9 && chosen.contains("ie9")
                || version == 10 && chosen.contains("ie10") || version == 11 && chosen.contains("ie11")
        case .edge: isChosen("edge", before: 79) || isChosen("edge_pre_79", before: 79)
        case .safari: isChosen("safari", before: 12) || isChosen("safari_pre_6", before: 6)
        case .chrome: isChosen("chrome", before: 63)
        case .firefox: isChosen("firefox", before: 67)
        case .android: isChosen("android", before: 5) || isChosen("android_pre_4", before: 4)
        case .opera: isChosen("opera", before: 51) || isChosen("opera_pre_15", before: 15)
        case .operaMini: isChosen("opera_mini", before: 35) || isChosen("opera_mini_pre_8", before: 8)
        }
    }
}

/// A browser and its main version, as far as its own words for itself can be believed.
struct BrowserName: Equatable {
    enum Family {
        case internetExplorer
        case edge
        case safari
        case chrome
        case firefox
        case android
        case opera
        case operaMini
    }

    let family: Family
    let version: Int

    /// Reads a `User-Agent`; nil for what is none of these browsers.
    ///
    /// Browsers name those that they want to be taken for too, so that the rarer names are looked for first.
    init?(_ agent: String) {
        let marks: [(String, Family)] = [
            ("MSIE ", .internetExplorer), ("Trident/", .internetExplorer), ("Edge/", .edge), ("EdgA/", .edge),
            ("EdgiOS/", .edge), ("Edg/", .edge), ("Opera Mini/", .operaMini), ("OPR/", .opera),
            ("Opera/", .opera),
            ("Opera ", .opera), ("FxiOS/", .firefox), ("Firefox/", .firefox), ("CriOS/", .chrome),
            ("Chrome/", .chrome),
        ]
        for (mark, family) in marks {
            guard let found = agent.firstRange(of: mark) else { continue }
            self.family = family
            version = Self.version(family, mark, agent, found.upperBound)
            return
        }
        guard let found = agent.firstRange(of: "Version/"), agent.contains("Safari/") else { return nil }
        if agent.contains("Android "), let android = agent.firstRange(of: "Android ") {
            family = .android
            version = Self.number(agent[android.upperBound...])
        } else {
            family = .safari
            version = Self.number(agent[found.upperBound...])
        }
    }

    private static func version(
        _ family: Family, _ mark: String, _ agent: String, _ place: String.Index
    ) -> Int {
        // It stood still at Opera/9.80, and the true version followed.
        if family == .opera, mark == "Opera/", let later = agent.firstRange(of: "Version/") {
            return number(agent[later.upperBound...])
        }
        if mark == "Trident/" {
            return agent.firstRange(of: "rv:").map { number(agent[$0.upperBound...]) } ?? number(
                agent[place...]) + 4
        }
        return number(agent[place...])
    }

    private static func number(_ text: Substring) -> Int {
        Int(text.prefix(4).prefix { $0.isASCII && $0.isNumber }) ?? 0
    }
}
