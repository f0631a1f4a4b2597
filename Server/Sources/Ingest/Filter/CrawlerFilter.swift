// Finds events of pages that a search engine, a preview or a monitor has opened.

import TapeJSON

enum CrawlerFilter {
    static let finds: @Sendable (EventDraft) -> Bool = { draft in
        guard let agent = draft.headerNode("User-Agent") else { return false }
        return draft.document.withText(agent) { words.finds(in: $0) } ?? false
    }

    /// What they call themselves, all in the open.
    private static let words = WordSearch([
        "googlebot", "google-inspectiontool", "googleother", "mediapartners-google", "adsbot-google",
        "apis-google",
        "feedfetcher-google", "google-read-aloud", "storebot-google", "bingbot", "bingpreview", "msnbot",
        "adidxbot", "slurp", "duckduckbot", "duckassistbot", "baiduspider", "yandexbot", "yandeximages",
        "yandexmobilebot", "yandexrenderresourcesbot", "sogou", "360spider", "exabot", "petalbot",
        "seznambot",
        "applebot", "facebookexternalhit", "facebot", "meta-externalagent", "twitterbot", "linkedinbot",
        "pinterestbot", "slackbot", "slack-imgproxy", "discordbot", "telegrambot", "whatsapp/",
        "skypeuripreview",
        "embedly", "quora link preview", "redditbot", "ia_archiver", "archive.org_bot", "ahrefsbot",
        "ahrefssiteaudit", "semrushbot", "mj12bot", "dotbot", "rogerbot", "screaming frog", "dataforseobot",
        "blexbot", "serpstatbot", "gptbot", "chatgpt-user", "oai-searchbot", "claudebot", "claude-web",
        "anthropic-ai", "perplexitybot", "ccbot", "bytespider", "amazonbot", "diffbot", "cohere-ai",
        "uptimerobot", "pingdom", "statuscake", "better uptime", "betterstackbot", "site24x7",
        "newrelicsynthetics",
        "datadogsynthetics", "chrome-lighthouse", "gtmetrix", "headlesschrome", "phantomjs", "prerender",
    ])
}
