// Tests which events each filter finds, and in which order they are asked.

import Model
import Testing

@testable import Ingest

@Suite struct EventFiltersTests {
    private static let pipeline = EventPipeline(clock: { 0 }, pack: { $0 })

    /// The filter that finds an event; nil for none.
    private func hit(
        _ json: String, _ filters: [FilterID: FilterSetting], platform: String = "other",
        address: String? = "203.0.113.9"
    ) throws -> FilterMatch? {
        try outcome(json, filters, platform: platform, address: address)?.match
    }

    private func outcome(
        _ json: String, _ filters: [FilterID: FilterSetting], platform: String = "other",
        address: String? = "203.0.113.9"
    ) throws -> FilterHit? {
        let arrival = Arrival(
            project: ProjectID(1), key: 1, receivedAt: Pipe.received, endpoint: .envelope,
            clientAddress: address,
            filters: EventFilters(settings(filters), platform: platform))
        switch Self.pipeline.process(Array(json.utf8), arrival).result {
        case .success: return nil
        case .failure(.filtered(let hit)): return hit
        case .failure(let drop): throw drop
        }
    }

    /// These filters and no others.
    private func settings(_ filters: [FilterID: FilterSetting]) -> FilterSettings {
        var settings = FilterSettings()
        for id in FilterID.allCases { settings.set(id, to: filters[id] ?? FilterSetting(isOn: false)) }
        return settings
    }

    private func error(_ type: String, _ value: String, _ more: String = "") -> String {
        #"{"exception":{"values":[{"type":"\#(type)","value":"\#(value)"}]}\#(more.isEmpty ? "" : "," + more)}"#
    }

    private func on(_ id: FilterID, _ patterns: String...) -> [FilterID: FilterSetting] {
        [id: FilterSetting(isOn: true, patterns: patterns)]
    }

    private func agent(_ text: String) -> String {
        #"{"message":"m","request":{"headers":{"user-agent":"\#(text)"}}}"#
    }

    @Test(arguments: [
        ("*too many*", true), ("PoolError: *", true), ("poolerror: TOO MANY clients", true),
        ("PoolError", false),
        ("too many clients", false), ("*{few,many}*", true),
    ])
    func `errors are found by type and value together, as a whole`(pattern: String, isFound: Bool) throws {
        let found = try hit(error("PoolError", "too many clients"), on(.errorMessage, "x", pattern))

        #expect((found?.filter == .errorMessage) == isFound)
    }

    @Test func `messages are found by what readers see`() throws {
        let json = #"{"logentry":{"message":"no %s left","params":["seat"]}}"#
        let filters = on(.errorMessage, "*seat*")

        #expect(try hit(#"{"logentry":{"message":"no seats"}}"#, filters)?.filter == .errorMessage)
        #expect(try hit(json, filters)?.filter == .errorMessage)
        #expect(
            try hit(
                #"{"type":"transaction","transaction":"seat","contexts":{},"start_timestamp":1,"timestamp":2}"#,
                filters) == nil)
    }

    @Test(arguments: [("1.*", true), ("shop@1.4.*", true), ("2.*", false)])
    func `releases are found by pattern, and never without one`(pattern: String, isFound: Bool) throws {
        let release = pattern.hasPrefix("shop") ? "shop@1.4.2" : "1.4.2"
        let filters = on(.release, pattern)

        #expect(
            (try hit(#"{"message":"m","release":"\#(release)"}"#, filters)?.filter == .release) == isFound)
        #expect(try hit(#"{"message":"m"}"#, on(.release, "*")) == nil)
    }

    @Test func `addresses are those of the connection`() throws {
        let json = #"{"message":"m","user":{"ip_address":"192.0.2.1"}}"#
        let filters = on(.address, "192.0.2.0/24")

        #expect(try hit(json, filters, address: "203.0.113.9") == nil)
        #expect(try hit(json, filters, address: "192.0.2.77")?.filter == .address)
        #expect(try hit(json, filters, address: nil) == nil)
    }

    @Test(arguments: [
        (#"{"message":"m","user":{"ip_address":"127.0.0.1"}}"#, true),
        (#"{"message":"m","user":{"ip_address":"::1"}}"#, true),
        (#"{"message":"m","request":{"url":"http://localhost:3000/a"}}"#, true),
        (#"{"message":"m","request":{"url":"http://shop.localhost/a"}}"#, true),
        (#"{"message":"m","request":{"url":"http://127.0.0.1/a"}}"#, true),
        (#"{"message":"m","request":{"url":"file:///home/a.html"}}"#, true),
        (#"{"message":"m","request":{"headers":{"Host":"localhost:8000"}}}"#, true),
        (
            #"{"message":"m","request":{"url":"https://a.example/","headers":{"X-Forwarded-For":"127.0.0.1"}}}"#,
            true
        ),
        (#"{"message":"m","request":{"url":"https://a.example/","headers":{"Host":"localhost"}}}"#, false),
        (#"{"message":"m","request":{"url":"https://localhost.example/"}}"#, false),
        (#"{"message":"m","request":{"url":"https://notlocalhost/"}}"#, false),
        (
            #"{"message":"m","request":{"url":"https://a.example/","headers":{"X-Forwarded-For":"127.0.0.1, 9.9.9.9"}}}"#,
            false
        ),
        (#"{"message":"m"}"#, false),
    ])
    func `machines of developers are told by user, address and headers`(json: String, isFound: Bool) throws {
        #expect((try hit(json, on(.localhost), address: nil)?.filter == .localhost) == isFound)
    }

    @Test func `extensions are told by what errors say and where they were thrown`() throws {
        let frames =
            #"{"platform":"javascript","exception":{"values":[{"type":"E","value":"x","stacktrace":{"frames":[{"abs_path":"https://shop.example/a.js","function":"f"},{"abs_path":"chrome-extension://abc/x.js","function":"g"},{"abs_path":"<anonymous>","function":"h"}]}}]}}"#
        let own = frames.replacing("chrome-extension://abc", with: "https://shop.example")
        let said = error("Error", "Extension context invalidated.", #""platform":"javascript""#)

        #expect(try hit(frames, on(.browserExtensions))?.filter == .browserExtensions)
        #expect(try hit(own, on(.browserExtensions)) == nil)
        #expect(try hit(said, on(.browserExtensions))?.filter == .browserExtensions)
        #expect(try hit(said.replacing("javascript", with: "python"), on(.browserExtensions)) == nil)
    }

    @Test(arguments: [
        ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", true),
        ("facebookexternalhit/1.1", true), ("Mozilla/5.0 (X11) HeadlessChrome/120.0", true),
        ("Slackbot 1.0", true),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/120.0.0.0 Safari/537.36", false),
        ("cubot phone", false),
    ])
    func `crawlers are told by their names`(text: String, isFound: Bool) throws {
        #expect((try hit(agent(text), on(.webCrawlers))?.filter == .webCrawlers) == isFound)
    }

    @Test(arguments: [
        ("Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 6.1)", "", true),
        ("Mozilla/5.0 (Windows NT 10.0; Trident/7.0; rv:11.0) like Gecko", "ie11", true),
        ("Mozilla/5.0 (Windows NT 10.0; Trident/7.0; rv:11.0) like Gecko", "ie9", false),
        (
            "Mozilla/5.0 (X11) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/60.0.1 Safari/537.36", "chrome",
            true
        ),
        ("Mozilla/5.0 (X11) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36", "", false),
        ("Mozilla/5.0 (X11) AppleWebKit/537.36 Chrome/120.0 Safari/537.36 Edg/120.0", "", false),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/64.0 Safari/537.36 Edge/17.17134", "edge", true),
        (
            "Mozilla/5.0 (Macintosh) AppleWebKit/605.1 (KHTML, like Gecko) Version/9.1 Safari/601.5",
            "safari", true
        ),
        (
            "Mozilla/5.0 (Macintosh) AppleWebKit/605.1 (KHTML, like Gecko) Version/17.1 Safari/605.1", "",
            false
        ),
        ("Mozilla/5.0 (X11; rv:52.0) Gecko/20100101 Firefox/52.0", "firefox", true),
        ("Mozilla/5.0 (X11; rv:52.0) Gecko/20100101 Firefox/52.0", "chrome", false),
        ("Opera/9.80 (Windows NT 6.1) Presto/2.12 Version/12.16", "opera_pre_15", true),
        (
            "Mozilla/5.0 (Linux; U; Android 2.3) AppleWebKit/533.1 Version/4.0 Mobile Safari/533.1",
            "android_pre_4", true
        ),
        ("curl/8.0", "", false),
    ])
    func `old browsers are told by name and version`(text: String, chosen: String, isFound: Bool) throws {
        let filters =
            chosen.isEmpty ? [.legacyBrowsers: FilterSetting(isOn: true)] : on(.legacyBrowsers, chosen)

        #expect((try hit(agent(text), filters)?.filter == .legacyBrowsers) == isFound)
    }

    @Test(arguments: [
        (#"{"csp":{"blocked_uri":"chrome-extension://abc/x.js","effective_directive":"script-src"}}"#, true),
        (#"{"csp":{"blocked_uri":"chrome-extension","effective_directive":"script-src"}}"#, true),
        (
            #"{"csp":{"blocked_uri":"https://cdn.evil.example/x.js","effective_directive":"script-src"}}"#,
            true
        ),
        (
            #"{"csp":{"blocked_uri":"self","source_file":"moz-extension://abc","effective_directive":"script-src"}}"#,
            true
        ),
        (#"{"csp":{"blocked_uri":"https://shop.example/x.js","effective_directive":"script-src"}}"#, false),
        (#"{"csp":{"blocked_uri":"inline","effective_directive":"script-src"}}"#, false),
        (#"{"message":"chrome-extension://abc"}"#, false),
    ])
    func `reports are found by what was blocked`(json: String, isFound: Bool) throws {
        let filters = on(.contentPolicy, "chrome-extension://*", "moz-extension://*", "*.evil.example")

        #expect((try hit(json, filters)?.filter == .contentPolicy) == isFound)
    }

    @Test func `what React says about pages that were drawn differently is found`() throws {
        for value in [
            "Hydration failed because the initial UI does not match",
            "Minified React error #418; visit https://react.dev",
        ] {
            #expect(try hit(error("Error", value), on(.hydration))?.filter == .hydration)
        }
        #expect(try hit(error("Error", "Minified React error #31"), on(.hydration)) == nil)
    }

    @Test func `pieces of code that could not be loaded are found`() throws {
        #expect(try hit(error("ChunkLoadError", "x"), on(.chunkLoad))?.filter == .chunkLoad)
        #expect(try hit(error("Error", "Loading chunk 7 failed."), on(.chunkLoad))?.filter == .chunkLoad)
        #expect(try hit(error("Error", "Loading the chunk"), on(.chunkLoad)) == nil)
    }

    @Test(arguments: [("GET /healthz", true), ("/healthcheck", true), ("GET /orders", false)])
    func `health checks are transactions by name`(name: String, isFound: Bool) throws {
        let setting = FilterSettings().setting(of: .transaction, platform: "python")
        let filters = [FilterID.transaction: FilterSetting(isOn: true, patterns: setting.patterns)]
        let json =
            #"{"type":"transaction","transaction":"\#(name)","start_timestamp":1,"timestamp":2,"contexts":{"trace":{"trace_id":"0123456789abcdef0123456789abcdef","span_id":"0123456789abcdef"}}}"#

        #expect((try hit(json, filters)?.filter == .transaction) == isFound)
        #expect(try hit(#"{"message":"m","transaction":"\#(name)"}"#, filters) == nil)
    }

    @Test func `the first pattern that fits is named as it was typed`() throws {
        let address = on(.address, "198.51.100.0/24", "192.0.2.0/24", "192.0.2.7")
        let browsers = on(.legacyBrowsers, "opera", "ie9", "ie")
        let report = #"{"csp":{"blocked_uri":"https://ads.example/x","effective_directive":"script-src"}}"#

        func pattern(_ json: String, _ filters: [FilterID: FilterSetting]) throws -> String? {
            try hit(json, filters, address: "192.0.2.7")?.pattern
        }

        #expect(try pattern(error("PoolError", "x"), on(.errorMessage, "no", "*Error*", "*")) == "*Error*")
        #expect(try pattern(#"{"message":"m","release":"1.4"}"#, on(.release, "2.*", "1.*")) == "1.*")
        #expect(try pattern(#"{"message":"m"}"#, address) == "192.0.2.0/24")
        #expect(try pattern(agent("Mozilla/5.0 (compatible; MSIE 9.0; Trident/5.0)"), browsers) == "ie9")
        #expect(try pattern(report, on(.contentPolicy, "x.example", "*.example")) == "*.example")
        #expect(try pattern(agent("Googlebot/2.1"), on(.webCrawlers))?.isEmpty == true)
        #expect(
            EventFilters(settings(address), platform: "").pattern(refusing: "192.0.2.9") == "192.0.2.0/24")
    }

    @Test func `filters are asked in their order`() throws {
        let json = error("ChunkLoadError", "x", #""release":"1.0","user":{"ip_address":"127.0.0.1"}"#)
        var all = Dictionary(uniqueKeysWithValues: FilterID.allCases.map { ($0, FilterSetting(isOn: true)) })
        all[.release] = FilterSetting(isOn: true, patterns: ["*"])
        all[.errorMessage] = FilterSetting(isOn: true, patterns: ["*"])
        for expected in [FilterID.chunkLoad, .release, .errorMessage, .localhost] {
            #expect(try hit(json, all)?.filter == expected)
            all[expected] = nil
        }
        #expect(try hit(json, all) == nil)
    }

    @Test func `what is told of a filtered event holds no secret`() throws {
        let found = try outcome(error("LoginError", "token=hunter77secret"), on(.errorMessage, "*"))

        #expect(found?.title.hasPrefix("LoginError") == true)
        #expect(found?.title.contains("hunter77secret") == false)
    }

    @Test func `a filter that archives lets the event in and says so`() throws {
        var settings = FilterSettings()
        settings.set(.errorMessage, to: FilterSetting(isOn: true, action: .archive, patterns: ["*"]))
        settings.set(.address, to: FilterSetting(isOn: true, action: .archive, patterns: ["0.0.0.0/0"]))
        let filters = EventFilters(settings, platform: "python")
        let arrival = Arrival(
            project: ProjectID(1), key: 1, receivedAt: Pipe.received, endpoint: .envelope,
            clientAddress: "192.0.2.1",
            filters: filters)

        let digest = Self.pipeline.process(Array(error("E", "v").utf8), arrival)

        #expect(try digest.result.get().startsArchived)
        #expect(digest.archived?.match.filter == .address && digest.archived?.title == "E: v")
        #expect(filters.pattern(refusing: "192.0.2.1") == nil)
    }

    @Test func `stored events can be asked`() throws {
        let event = try Self.pipeline.process(Array(error("PoolError", "x").utf8), Pipe.arrival()).result
            .get()
        let json = event.body
        var settings = FilterSettings()
        settings.set(.errorMessage, to: FilterSetting(isOn: true, patterns: ["PoolError*"]))

        let reader = FilterReader(EventFilters(settings, platform: ""))
        #expect(reader.match(finding: json)?.pattern == "PoolError*")
        #expect(reader.match(finding: [0x7B]) == nil)
        #expect(FilterReader(.none).match(finding: json) == nil)
    }

    @Test func `what cannot be looked for is said`() {
        #expect(EventFilters.problem(with: "1.2.3", in: .address)?.contains("no address") == true)
        #expect(EventFilters.problem(with: "[a", in: .errorMessage)?.contains("lacks its ]") == true)
        #expect(EventFilters.problem(with: "netscape", in: .legacyBrowsers)?.contains("ie9") == true)
        #expect(EventFilters.problem(with: "10.0.0.0/8", in: .address) == nil)
    }
}
