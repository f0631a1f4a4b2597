// Ways in which two events of one bug differ, and ways in which two bugs do.

import Foundation

/// An event as Foundation reads it, to be changed anywhere.
typealias Event = [String: Any]

/// A change of an event, and whether it makes another bug of it.
struct Mutation {
    let name: String
    let makesAnotherBug: Bool
    /// Two forms of an event; nil where the change means nothing for it.
    let pair: (Event) -> (Event, Event)?

    private init(_ name: String, anotherBug: Bool, _ pair: @escaping (Event) -> (Event, Event)?) {
        self.name = name
        makesAnotherBug = anotherBug
        self.pair = pair
    }

    private static func same(_ name: String, _ change: @escaping (Event) -> Event?) -> Mutation {
        Mutation(name, anotherBug: false) { event in change(event).map { (event, $0) } }
    }

    private static func other(_ name: String, _ change: @escaping (Event) -> Event?) -> Mutation {
        Mutation(name, anotherBug: true) { event in change(event).map { (event, $0) } }
    }

    // MARK: One bug

    static var harmless: [Mutation] {
        [
            same("line numbers") { $0.mapFrames { $0.shifting("lineno", by: 7).shifting("colno", by: 3) } },
            same("addresses") { event in
                event.mapFrames {
                    $0.setting("instruction_addr", "0x7f0011223344").setting("symbol_addr", "0x7f0011220000")
                }
            },
            Mutation("ids in messages", anotherBug: false) { event in
                event.mapTexts {
                    $0 + " (request 4711 of 6b1f0c2d-9a7e-4c53-b8d1-e2f3a4b5c6d7 at 10.0.0.3:80)"
                }
                .flatMap { one in
                    event.mapTexts {
                        $0 + " (request 12 of 0a1b0c2d-9a7e-4c53-b8d1-000000000001 at 192.168.7.250:8080)"
                    }
                    .map { (one, $0) }
                }
            },
            same("event id and time") {
                $0.setting("event_id", String(repeating: "cd", count: 16)).setting("timestamp", 1_772_000_000)
            },
            same("user, breadcrumbs, tags, release") {
                $0.setting("user", ["id": "77"]).setting("release", "9.9.9").setting("environment", "canary")
                    .setting("breadcrumbs", ["values": [["message": "a"]]]).setting("server_name", "web-17")
            },
            same("library frames beside own ones") { event in
                guard event.frames.contains(where: \.isOwn) else { return nil }
                return event.mapStacks { frames in
                    let renamed = frames.map {
                        $0.isOwn ? $0 : $0.setting("function", "\($0["function"] ?? "")_v2")
                    }
                    let library: Event = [
                        "module": "lib.new", "function": "call", "in_app": false, "lineno": 1,
                    ]
                    return frames.contains(where: \.isOwn) ? [library] + renamed : frames
                }
            },
            same("absolute paths and build directories") { event in
                event.mapFrames { frame in
                    var frame = frame
                    for key in ["abs_path", "filename"] {
                        guard let path = frame[key] as? String, path.contains("/"), !path.contains("://"),
                            !path.hasPrefix("<"), !path.hasPrefix("["), !path.hasPrefix("eval"),
                            !path.hasPrefix("native")
                        else { continue }
                        frame[key] = "/home/ci/build-4711/" + path.drop { $0 == "/" }
                    }
                    if let package = frame["package"] as? String, package.hasPrefix("/") {
                        frame["package"] = "/opt/v2" + package
                    }
                    return frame
                }
            },
            Mutation("chunk hashes", anotherBug: false) { event in
                guard ["javascript", "node"].contains(event["platform"] as? String ?? "") else { return nil }
                func built(_ hash: String) -> Event? {
                    event.mapFrames { frame in
                        guard frame["module"] == nil || frame.isOwn else { return frame }
                        return frame.removing("module").setting(
                            "filename", "app:///static/main.\(hash).chunk.js"
                        )
                        .setting("abs_path", "app:///static/main.\(hash).chunk.js")
                    }
                }
                guard let one = built("3f9a1b2c"), let two = built("0bd77e51") else { return nil }
                return (one, two)
            },
            Mutation("generic arguments", anotherBug: false) { event in
                guard ["swift", "rust", "native"].contains(event["platform"] as? String ?? "") else {
                    return nil
                }
                func built(_ argument: String) -> Event? {
                    event.mapFrames { frame in
                        guard let name = frame["function"] as? String, name.first?.isLetter == true,
                            let place = name.firstIndex(of: "("), !name.contains("closure"),
                            !name.contains("operator")
                        else { return frame }
                        return frame.setting("function", name[..<place] + "<\(argument)>" + name[place...])
                    }
                }
                guard let one = built("Swift.Int"), let two = built("Shop.Box<Swift.String>") else {
                    return nil
                }
                return (one, two)
            },
            Mutation("anonymous closure numbers", anotherBug: false) { event in
                guard let name = closures[event["platform"] as? String ?? ""] else { return nil }
                func built(_ number: Int) -> Event? {
                    event.mapStacks { frames in
                        guard let last = frames.last else { return frames }
                        let (module, function) = name(number)
                        var frame = last.setting("function", function)
                        if let module { frame["module"] = module }
                        return frames + [frame]
                    }
                }
                guard let one = built(1), let two = built(2) else { return nil }
                return (one, two)
            },
        ]
    }

    /// How a platform names the closure of a number.
    private static let closures: [String: @Sendable (Int) -> (module: String?, function: String)] = [
        "java": { ("com.shop.Cart$\($0)", "run") }, "kotlin": { ("shop.Cart$load$\($0)", "invoke") },
        "go": { (nil, "main.run.func\($0)") }, "swift": { (nil, "closure #\($0) in Shop.Cart.pay()") },
        "csharp": { (nil, "<Pay>b__\($0)_0") },
        "native": { (nil, "shop::run()::{lambda(int)#\($0)}::operator()(int)") },
        "cocoa": { (nil, "__42-[Cart pay]_block_invoke_\($0)") },
        "rust": { (nil, "shop::run::{{closure}}::h012345678901234\($0)") },
        "php": { (nil, "{closure:App\\Cart::pay():\($0)}") },
        "ruby": { (nil, "block (\($0) levels) in pay") },
    ]

    // MARK: Another bug

    static var telling: [Mutation] {
        [
            other("exception type") { event in
                guard !event.decidesItself, !event.exceptions.isEmpty, !event.isSynthetic else { return nil }
                return event.mapExceptions { $0.setting("type", "\($0["type"] ?? "")Other") }
            },
            other("contributing function") { event in
                guard !event.decidesItself else { return nil }
                return event.mapLastTellingFrame {
                    $0.setting("function", "quiteAnotherFunction").removing("raw_function")
                }
            },
            other("order of frames") { event in
                guard !event.decidesItself else { return nil }
                return event.swappingFrames()
            },
            other("client fingerprint") { event in
                event["checksum"] == nil ? event.setting("fingerprint", ["{{ default }}", "another"]) : nil
            },
            other("words of the message") { event in
                guard !event.decidesItself, event.frames.isEmpty, event["template"] == nil,
                    event["csp"] == nil
                else {
                    return nil
                }
                return event.mapTexts { "quite another " + $0 }
            },
        ]
    }
}
