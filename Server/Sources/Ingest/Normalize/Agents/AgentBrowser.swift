// Which product of a header is the one that people would name.

enum AgentBrowser {
    static func browser(of text: AgentText) -> UserAgent.Product? {
        var best: (rank: Int, product: AgentText.Product, name: String)?
        for product in text.products {
            guard let rule = AgentNames.products[product.name] ?? AgentNames.bot(product.name),
                best.map({ rule.rank < $0.rank }) ?? true
            else { continue }
            best = (rule.rank, product, rule.name)
        }
        if let remark = remarked(text, rank: best?.rank ?? .max) { return remark }
        guard let best else { return engine(of: text) }
        return UserAgent.Product(
            name: name(best.name, text), version: version(of: best.product, text)?.version)
    }

    /// What gives its name in brackets: bots, old Internet Explorer, the apps of Facebook.
    private static func remarked(_ text: AgentText, rank: Int) -> UserAgent.Product? {
        if let version = text.remark("FBAV/") {
            return UserAgent.Product(name: "Facebook", version: version.version)
        }
        for remark in text.remarks where rank > AgentNames.botRank {
            let name = remark.prefix { $0 != "/" && $0 != " " }
            guard let rule = AgentNames.bot(String(name)) else { continue }
            return UserAgent.Product(name: rule.name, version: remark.dropFirst(name.count + 1).version)
        }
        if rank > AgentNames.browserRank {
            if let version = text.remark("MSIE ") {
                return UserAgent.Product(name: "IE", version: version.version)
            }
            if text.version(of: "like") != nil || text.hasRemark("Trident/7.0"),
                let version = text.remark("rv:"), text.remark("Trident/") != nil
            {
                return UserAgent.Product(name: "IE", version: version.version)
            }
        }
        return nil
    }

    /// A browser that names only what it is built on.
    private static func engine(of text: AgentText) -> UserAgent.Product? {
        guard text.version(of: "AppleWebKit") != nil, text.version(of: "Mobile") != nil else { return nil }
        return UserAgent.Product(name: "Mobile Safari UI/WKWebView", version: nil)
    }

    /// Where the version stands: Safari and old Opera write it elsewhere.
    private static func version(of product: AgentText.Product, _ text: AgentText) -> Substring? {
        switch product.name {
        case "Safari": text.remark("Android ") ?? text.version(of: "Version")
        case "Opera": text.version(of: "Version") ?? product.version
        default: product.version
        }
    }

    /// Some have another name on phones.
    private static func name(_ name: String, _ text: AgentText) -> String {
        switch name {
        case "Chrome":
            if text.hasRemark("wv") { return "Chrome Mobile WebView" }
            return text.version(of: "Mobile") != nil ? "Chrome Mobile" : name
        case "Firefox":
            return text.remark("Android") != nil || text.hasRemark("Mobile") ? "Firefox Mobile" : name
        case "Safari":
            if text.remark("Android") != nil { return "Android" }
            return text.version(of: "Mobile") != nil ? "Mobile Safari" : name
        default: return name
        }
    }
}
