// The events that are grouped.

/// An event, and what grouping it may cost.
struct Sample {
    let name: String
    let json: [UInt8]
    /// Nanoseconds; nil where there is none.
    let budget: UInt64?

    static let all: [Sample] =
        [
            stack("python, 30 frames", python(30), budget: 15_000),
            stack("java, 30 frames", java(30), budget: 15_000),
            stack("javascript, 30 frames", javascript(30), budget: 15_000),
            stack("swift, 30 frames", swift(30), budget: 15_000),
            stack("c++, 30 frames", cxx(30), budget: 15_000),
            stack("python, 250 frames", python(250), budget: 60_000),
            stack("swift, 250 frames", swift(250), budget: 60_000),
        ] + hostile.map { message("8 KB of \($0.name)", $0.unit) }

    /// Each is repeated until it fills the longest message that is kept: 100 MB/s is 80 µs.
    private static let hostile: [(name: String, unit: String)] = [
        ("words", "connection to the database was closed "), ("numbers", "17 4.2 0x1f -3 "),
        ("dots", "a.b.c.d.e.f."), ("dashes", "a1-b2-c3-d4-"), ("colons", "1:2:3:"), ("at signs", "a@b@c@"),
        ("slashes", "/a1/b2"), ("quotes", "k=\\\"v "), ("half dates", "Jan 1 Feb 2 "),
        ("half durations", "1h2m3x "), ("ids", "a1b2c3d4 "), ("one long number", "1234567890"),
        ("one long hex word", "deadbeef01"), ("addresses", "10.0.0.1:80 "), ("urls", "https://a.b/c?d=1 "),
        ("uuids", "6b1f0c2d-1111-2222-3333-444455556666 "), ("equals", "a=1,b=2,"),
        ("half uuids", "6b1f0c2d-1111-"), ("percents", "%20%2F"), ("capitals", "Mon Tue Jan "),
        ("wide characters", "データ接続 "),
    ]

    private static func message(_ name: String, _ unit: String) -> Sample {
        let length = unit.utf8.filter { $0 != UInt8(ascii: "\\") }.count
        let text = String(repeating: unit, count: 8000 / length)
        return Sample(name: name, json: Array("{\"message\":\"\(text)\"}".utf8), budget: 80_000)
    }

    private static func stack(_ name: String, _ event: String, budget: UInt64) -> Sample {
        Sample(name: name, json: Array(event.utf8), budget: budget)
    }

    private static func event(_ platform: String, type: String, _ frames: [String]) -> String {
        """
        {"platform":"\(platform)","tags":{"region":"eu"},"exception":{"values":[{"type":"\(type)","value":"order 17 was \
        not saved","stacktrace":{"frames":[\(frames.joined(separator: ","))]}}]}}
        """
    }

    private static func python(_ count: Int) -> String {
        event(
            "python", type: "OrderError",
            (0..<count).map { number in
                """
                {"function":"handle_order_\(number)","module":"shop.orders.step\(number % 7)","filename":"shop/orders.py",\
                "abs_path":"/srv/app/releases/20260301/shop/orders.py","lineno":\(40 + number),"in_app":\(number % 3 == 0),\
                "pre_context":["def save(order):","    row = lease()"],"context_line":"    result = save_order_\(number)(order)",\
                "post_context":["    return row",""],"vars":{"order":{"id":"17","lines":[1,2,3]},"attempt":"\(number)",\
                "text":"some value that is as long as values mostly are"}}
                """
            })
    }

    private static func java(_ count: Int) -> String {
        event(
            "java", type: "IllegalStateException",
            (0..<count).map { number in
                let isOwn = number % 4 == 0
                let module =
                    isOwn ? "com.example.shop.Orders$\(number)" : "org.springframework.web.Step\(number)"
                return """
                    {"function":"lambda$save$\(number)","module":"\(module)","filename":"OrderService.java",\
                    "lineno":\(number),"in_app":\(isOwn)}
                    """
            })
    }

    private static func javascript(_ count: Int) -> String {
        event(
            "javascript", type: "TypeError",
            (0..<count).map { number in
                """
                {"function":"Cart.prototype.step\(number)","filename":"https://shop.example/assets/main.3f9a1b2c.js",\
                "abs_path":"https://shop.example/assets/main.3f9a1b2c.js","lineno":1,"colno":\(1000 + number),"in_app":true,\
                "context_line":"  return this.step\(number)(order)"}
                """
            })
    }

    private static func swift(_ count: Int) -> String {
        event(
            "cocoa", type: "OrderError",
            (0..<count).map { number in
                """
                {"function":"closure #\(number) (Swift.Int) async throws -> () in Shop.Cart\(number).pay<A, B where A: \
                Swift.Hashable>(order: Shop.Order, by: A) async throws -> Swift.Bool","package":"/Applications/Shop.app/Shop",\
                "instruction_addr":"0x1042f\(1000 + number)","image_addr":"0x104200000","in_app":\(number % 3 == 0)}
                """
            })
    }

    private static func cxx(_ count: Int) -> String {
        event(
            "native", type: "SIGSEGV",
            (0..<count).map { number in
                """
                {"function":"std::vector<shop::Order, std::allocator<shop::Order> >::step\(number)(unsigned long, shop::Order \
                const&) const","package":"/usr/lib/libshop.so","instruction_addr":"0x7f42f\(1000 + number)","in_app":\(number % 3 == 0)}
                """
            })
    }
}
