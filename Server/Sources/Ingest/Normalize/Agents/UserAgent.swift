// Recognises browsers, apps, bots and libraries by the header that they send; the rules are in the tables beside it.

/// What a `User-Agent` says, as far as the tables know it.
struct UserAgent: Equatable, Sendable {
    struct Product: Equatable {
        var name: String
        var version: String?
    }

    struct Device: Equatable {
        var family: String
        var brand: String
        var model: String
    }

    var browser: Product?
    var system: Product?
    var device: Device?

    init() {}

    init(_ header: String) {
        let text = AgentText(header)
        system = AgentSystem.system(of: text)
        browser = AgentBrowser.browser(of: text)
        // Bots say that they are phones; they are not.
        let isBot = browser.map { AgentNames.bot($0.name) != nil } ?? false
        device = isBot ? AgentDevice.spider : AgentDevice.device(of: text)
    }
}
