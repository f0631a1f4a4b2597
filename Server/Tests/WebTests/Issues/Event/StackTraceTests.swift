// Stack traces: newest first, own code in front, the rest folded.

import Testing

@testable import Web

struct StackTraceTests {
    @Test func `the newest own frame is open, runs of foreign ones are one line`() throws {
        let stack = try trace(
            #"""
            {"function": "main", "in_app": true}, {"function": "a", "module": "django.core", "in_app": false},
            {"function": "b", "module": "django.http", "in_app": false}, {"function": "view", "in_app": true},
            {"function": "c", "module": "psycopg", "in_app": false}
            """#)

        #expect(stack.items.map(\.line) == ["~c", "+view", "2 frames of django", "main"])
    }

    @Test func `without any own frame the newest one is open and the rest is folded`() throws {
        let stack = try trace(
            #"{"function": "a", "in_app": false}, {"function": "b", "in_app": false}, {"function": "c", "in_app": false}"#
        )

        #expect(stack.items.map(\.line) == ["+~c", "2 frames outside the app"])
    }

    @Test func `frames that nobody marked are all shown`() throws {
        let stack = try trace(#"{"function": "a"}, {"function": "b"}"#)

        #expect(stack.items.map(\.line) == ["+b", "a"])
    }

    @Test func `the most frequent libraries name what is folded`() throws {
        let stack = try trace(
            #"""
            {"function": "a", "filename": "/v/site-packages/gunicorn/base.py"}, {"function": "b", "module": "org.spring.web"},
            {"function": "c", "filename": "/app/node_modules/@sentry/node/i.js"}, {"function": "d", "module": "org.spring.http"},
            {"function": "own", "in_app": true}
            """#)

        #expect(stack.items.map(\.line) == ["+own", "4 frames of org.spring, @sentry/node and others"])
    }

    @Test(arguments: [
        ("django.core.handlers", "", "", "django"), ("", "/usr/lib/libswiftCore.so", "", "libswiftCore.so"),
        ("com.example.shop", "", "", "com.example"), ("", "", "node:internal/timers", "Node.js"),
        ("ignored", "", "/v/site-packages/flask/app.py", "flask"),
        ("Hummingbird", "", "a.swift", "Hummingbird"),
        ("tokio::runtime", "", "", "tokio"), ("", "", "x.c", ""), ("", "", "a/node_modules", ""),
        ("..", "", "", ""),
    ])
    func `a frame's origin is one name`(module: String, package: String, file: String, origin: String) {
        #expect(FrameOrigin.name(module: module, package: package, file: file) == origin)
    }

    @Test func `source lines are numbered around the line of the call`() throws {
        let stack = try trace(
            #"{"function": "f", "lineno": 3, "pre_context": ["a", "b"], "context_line": "c", "post_context": ["d"]}"#
        )
        guard case .frame(let frame) = stack.items[0] else { return }

        #expect(frame.source.map(\.number) == ["1", "2", "3", "4"])
        #expect(frame.source.map(\.isHere) == [false, false, true, false])
    }

    @Test(arguments: ["9223372036854775807", "0", "-5", "\"x\"", "null", "1e30"])
    func `an impossible line number numbers nothing`(line: String) throws {
        let stack = try trace(
            #"{"function": "f", "lineno": "# + line
                + #", "pre_context": ["a"], "context_line": "c", "post_context": ["d"]}"#)
        guard case .frame(let frame) = stack.items[0] else { return }

        #expect(frame.source.count == 3)
        #expect(frame.source.last?.number == "")
    }

    @Test func `a frame says where with whatever it has`() throws {
        let stack = try trace(
            #"""
            {"function": "a", "filename": "f.py", "abs_path": "/x/f.py", "lineno": 3, "colno": 7},
            {"raw_function": "b", "abs_path": "/x/f.py"}, {"instruction_addr": "0x1f", "package": "/lib/libc.so"}, {}
            """#)
        let frames = stack.items.compactMap { if case .frame(let frame) = $0 { frame } else { nil } }

        #expect(frames.map(\.place) == ["", "/lib/libc.so", "/x/f.py", "f.py:3:7"])
        #expect(frames.map(\.function) == ["(unknown function)", "0x1f", "b", "a"])
        #expect(frames[3].facts.pairs == [Pair(name: "abs_path", value: "/x/f.py")])
    }

    @Test(arguments: [
        ("java", #""function": "save", "module": "shop.Orders$Line""#, "Orders$Line.save"),
        ("java", #""function": "save""#, "save"), ("java", #""module": "shop.Orders""#, "(unknown function)"),
        ("native", #""function": "save", "platform": "java", "module": "Orders""#, "Orders.save"),
        ("php", #""filename": "index.php""#, "{main}"), ("php", #""function": "save""#, "save"),
        ("javascript", #""function": "?""#, "(anonymous)"), ("node", #""lineno": 3"#, "(anonymous)"),
        ("python", #""function": "save", "module": "shop.orders""#, "save"),
    ])
    func `a call is named as in its language`(platform: String, frame: String, name: String) throws {
        let exception = #"{"type": "E", "stacktrace": {"frames": [{\#(frame)}]}}"#
        let event = try document(#"{"platform": "\#(platform)", "exception": [\#(exception)]}"#)

        #expect(ExceptionChain(event).parts.first?.stack?.items.map(\.line) == ["+\(name)"])
    }

    @Test(arguments: [
        ("0x1000", "shop +0x0"), ("0x1fff", "shop +0xfff"), ("0x2000", ""), ("0xfff", ""),
        ("16392", "libc.so.6 +0x8"), ("0x5000", ""), ("0xffffffffffffffff", ""), ("x", ""), ("-1", ""),
    ])
    func `of an address alone its image says where it is`(address: String, place: String) throws {
        let event = try document(
            #"""
            {"debug_meta": {"images": [{"code_file": "/lib/libc.so.6", "image_addr": "0x4000", "image_size": 4096},
            {"code_file": "/srv/shop", "image_addr": "0x1000", "image_size": 4096}, {"code_file": "/srv/odd"},
            {"code_file": "/srv/none", "image_addr": "0x3000", "image_size": 0}, null, 7]},
            "exception": [{"stacktrace": {"frames": [{"instruction_addr": "\#(address)"}]}}]}
            """#)
        let items = try #require(ExceptionChain(event).parts.first?.stack?.items)
        guard case .frame(let frame) = items[0] else { return }

        #expect(frame.place == place && frame.function == address)
        #expect(frame.facts.isEmpty)
    }

    @Test func `what says nothing more is no fact of a frame`() throws {
        let stack = try trace(
            #"""
            {"function": "f", "raw_function": "f", "filename": "f.php", "abs_path": "f.php", "native": false},
            {"function": "g", "raw_function": "g()", "native": true}
            """#)
        let frames = stack.items.compactMap { if case .frame(let frame) = $0 { frame } else { nil } }

        #expect(
            frames.map(\.facts.pairs) == [
                [Pair(name: "raw_function", value: "g()"), Pair(name: "native", value: "true")], [],
            ])
    }

    @Test func `10,000 frames are cut to what a page can hold`() throws {
        let frames = (0..<10_000).map { #"{"function": "f\#($0)"}"# }.joined(separator: ",")

        let stack = try trace(frames)

        #expect(stack.items.count == StackTrace.maximumFrames)
        #expect(stack.items.first?.line == "+f9999")
    }
}
