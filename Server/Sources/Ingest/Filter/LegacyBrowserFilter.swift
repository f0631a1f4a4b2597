// Finds events of browsers so old that nobody mends pages for them.

import TapeJSON

enum LegacyBrowserFilter {
    /// - Parameter chosen: the browsers that are meant; none means all.
    static func finding(_ chosen: [String]) -> EventFilters.Finding? {
        let browsers = chosen.isEmpty ? names : chosen
        return { draft in
            guard let agent = draft.headerText("User-Agent"), let browser = BrowserName(agent),
                let word = browsers.first(where: { browser.isLegacy(as: $0) })
            else { return nil }
            return chosen.isEmpty ? .rule : .pattern(word)
        }
    }

    /// The browsers, and some words of old for certain versions of them.
    static let names = [
        "ie", "edge", "safari", "chrome", "firefox", "android", "opera", "opera_mini", "ie_pre_9", "ie9",
        "ie10",
        "ie11", "safari_pre_6", "opera_pre_15", "opera_mini_pre_8", "android_pre_4", "edge_pre_79",
    ]
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

    /// Whether it is so old that one of the filter's words means it.
    func isLegacy(as word: String) -> Bool {
        switch (family, word) {
        case (.internetExplorer, "ie"): true
        case (.internetExplorer, "ie_pre_9"): version < 9
        case (.internetExplorer, "ie9"): version == 9
        case (.internetExplorer, "ie10"): version == 10
        case (.internetExplorer, "ie11"): version == 11
        case (.edge, "edge"), (.edge, "edge_pre_79"): version < 79
        case (.safari, "safari"): version < 12
        case (.safari, "safari_pre_6"): version < 6
        case (.chrome, "chrome"): version < 63
        case (.firefox, "firefox"): version < 67
        case (.android, "android"): version < 5
        case (.android, "android_pre_4"): version < 4
        case (.opera, "opera"): version < 51
        case (.opera, "opera_pre_15"): version < 15
        case (.operaMini, "opera_mini"): version < 35
        case (.operaMini, "opera_mini_pre_8"): version < 8
        default: false
        }
    }
}
