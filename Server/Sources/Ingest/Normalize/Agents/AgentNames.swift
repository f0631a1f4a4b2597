// The names by which programs go: a table.

enum AgentNames {
    struct Rule {
        let name: String
        /// Of several that match, the lowest counts: an app is more telling than the engine that it is built on.
        let rank: Int
    }

    static let botRank = 1
    static let browserRank = 3

    /// Rules by the product's name in the header.
    static let products: [String: Rule] = {
        var rules: [String: Rule] = [:]
        for (rank, table) in [(0, apps), (2, browsers), (3, engines), (4, libraries)] {
            for (product, name) in table { rules[product] = Rule(name: name, rank: rank) }
        }
        for (product, name) in bots { rules[product] = Rule(name: name, rank: botRank) }
        return rules
    }()

    /// The rule of a bot, known or not; nil when it does not call itself one.
    static func bot(_ product: String) -> Rule? {
        if let name = bots[product] { return Rule(name: name, rank: botRank) }
        guard (4...40).contains(product.utf8.count), product.utf8.allSatisfy({ $0 != UInt8(ascii: "=") })
        else {
            return nil
        }
        let lower = product.lowercased()
        guard ["bot", "spider", "crawler"].contains(where: { lower.hasSuffix($0) }) else { return nil }
        return Rule(name: product, rank: botRank)
    }

    private static let apps: [String: String] = [
        "Instagram": "Instagram", "Snapchat": "Snapchat", "MicroMessenger": "WeChat", "Line": "LINE",
        "Pinterest": "Pinterest", "BytedanceWebview": "TikTok", "musical_ly": "TikTok", "trill": "TikTok",
        "LinkedInApp": "LinkedIn", "GSA": "Google", "Twitter": "Twitter", "KAKAOTALK": "KakaoTalk",
        "Slack_SSB": "Slack Desktop Client", "Slack": "Slack Desktop Client", "Teams": "Teams",
        "Electron": "Electron", "Cypress": "Cypress", "HeadlessChrome": "HeadlessChrome",
        "PhantomJS": "PhantomJS", "jsdom": "jsdom", "Thunderbird": "Thunderbird",
    ]

    private static let browsers: [String: String] = [
        "Edg": "Edge", "Edge": "Edge", "EdgA": "Edge Mobile", "EdgiOS": "Edge Mobile", "OPR": "Opera",
        "Opera": "Opera", "OPiOS": "Opera Mini", "OPT": "Opera Touch", "OPX": "Opera GX",
        "SamsungBrowser": "Samsung Internet", "YaBrowser": "Yandex Browser", "Vivaldi": "Vivaldi",
        "Brave": "Brave", "UCBrowser": "UC Browser", "MiuiBrowser": "MiuiBrowser",
        "HuaweiBrowser": "Huawei Browser", "VivoBrowser": "VivoBrowser", "HeyTapBrowser": "HeyTap Browser",
        "MQQBrowser": "QQ Browser Mobile", "QQBrowser": "QQ Browser", "Whale": "Whale", "Silk": "Amazon Silk",
        "CriOS": "Chrome Mobile iOS", "FxiOS": "Firefox iOS", "Focus": "Firefox Focus",
        "Klar": "Firefox Focus", "DuckDuckGo": "DuckDuckGo Mobile", "Ddg": "DuckDuckGo",
        "Waterfox": "Waterfox", "PaleMoon": "Pale Moon", "SeaMonkey": "SeaMonkey", "Epiphany": "Epiphany",
        "Konqueror": "Konqueror", "Falkon": "Falkon", "coc_coc_browser": "Coc Coc", "Maxthon": "Maxthon",
        "Iron": "Iron", "Puffin": "Puffin", "QuickLook": "QuickLook", "Ladybird": "Ladybird",
        "OculusBrowser": "Oculus Browser",
    ]

    private static let engines: [String: String] = [
        "Chrome": "Chrome", "Firefox": "Firefox", "Safari": "Safari", "Chromium": "Chromium",
    ]

    private static let bots: [String: String] = [
        "Googlebot": "Googlebot", "bingbot": "bingbot", "Slurp": "Yahoo! Slurp", "DuckDuckBot": "DuckDuckBot",
        "Baiduspider": "Baiduspider", "YandexBot": "YandexBot", "facebookexternalhit": "FacebookBot",
        "Twitterbot": "Twitterbot", "LinkedInBot": "LinkedInBot", "Applebot": "Applebot",
        "Slackbot-LinkExpanding": "Slackbot-LinkExpanding", "WhatsApp": "WhatsApp",
        "Bytespider": "Bytespider",
        "ia_archiver": "ia_archiver", "AdsBot-Google": "AdsBot-Google",
        "Mediapartners-Google": "Mediapartners-Google",
        "Google-InspectionTool": "Google-InspectionTool", "Chrome-Lighthouse": "Chrome-Lighthouse",
        "HubSpot": "HubSpot", "SkypeUriPreview": "SkypeUriPreview", "UptimeRobot": "UptimeRobot",
        "Pingdom.com_bot_version_1.4_": "PingdomBot", "StatusCake": "StatusCake",
        "ChatGPT-User": "ChatGPT-User",
        "Amazonbot": "Amazonbot", "meta-externalagent": "meta-externalagent", "GoogleOther": "GoogleOther",
    ]

    private static let libraries: [String: String] = [
        "curl": "curl", "Wget": "Wget", "python-requests": "Python Requests",
        "Python-urllib": "Python-urllib",
        "python-httpx": "Python-httpx", "aiohttp": "Python aiohttp", "Go-http-client": "Go-http-client",
        "okhttp": "okhttp", "Java": "Java", "Apache-HttpClient": "Apache-HttpClient", "axios": "axios",
        "node-fetch": "node-fetch", "undici": "undici", "node": "node", "PostmanRuntime": "PostmanRuntime",
        "insomnia": "Insomnia", "libwww-perl": "libwww-perl", "Ruby": "Ruby", "Faraday": "Faraday",
        "GuzzleHttp": "GuzzleHttp", "Dart": "Dart", "CFNetwork": "CFNetwork", "Dalvik": "Dalvik",
        "reqwest": "reqwest", "ureq": "ureq", "HTTPie": "HTTPie", "Deno": "Deno", "Bun": "Bun", "k6": "k6",
        "ApacheBench": "ApacheBench", "Jakarta": "Jakarta", "async-http-client": "async-http-client",
        "got": "got", "RestSharp": "RestSharp", "Symfony": "Symfony", "WordPress": "WordPress",
        "ReactorNetty": "ReactorNetty", "Scrapy": "Scrapy", "urllib3": "urllib3", "Typhoeus": "Typhoeus",
    ]
}
