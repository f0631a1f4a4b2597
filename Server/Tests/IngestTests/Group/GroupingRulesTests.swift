// The rules of grouping, each under its number.

import Model
import Testing

@testable import Ingest

@Suite struct GroupingRulesTests {
    private func share(_ one: String, _ other: String) throws -> Bool {
        !Set(try Pipe.hashes(one)).isDisjoint(with: try Pipe.hashes(other))
    }

    private func event(_ exceptions: String..., platform: String = "python", more: String = "") -> String {
        #"{"platform":"\#(platform)","exception":{"values":[\#(exceptions.joined(separator: ","))]}\#(more)}"#
    }

    private func exception(
        _ type: String = "T", value: String = "v", _ frames: String..., mechanism: String = "{}"
    ) -> String {
        """
        {"type":"\(type)","value":"\(value)","mechanism":\(mechanism),\
        "stacktrace":{"frames":[\(frames.joined(separator: ","))]}}
        """
    }

    private func frame(
        _ function: String, module: String? = "m", inApp: Bool? = true, more: String = ""
    ) -> String {
        let module = module.map { #""module":"\#($0)","# } ?? ""
        let inApp = inApp.map { #""in_app":\#($0),"# } ?? ""
        return #"{\#(module)\#(inApp)"function":"\#(function)"\#(more)}"#
    }

    @Test func `G1 a checksum is the only hash`() throws {
        let digits = "0123456789abcdef0123456789abcdef"
        let with = event(exception("T", frame("f")), more: #","checksum":"\#(digits)""#)

        #expect(try Pipe.hashes(with) == [digits])
        #expect(try share(#"{"checksum":"mine"}"#, #"{"checksum":"mine","message":"x"}"#))
        #expect(try !share(#"{"checksum":"mine"}"#, #"{"checksum":"yours"}"#))
    }

    @Test func `G2 a fingerprint replaces or salts, variables are filled in`() throws {
        let custom = #","fingerprint":["mine"]"#
        let salted = #","fingerprint":["{{default}}","{{ transaction }}"],"transaction":"#
        let plain = event(exception("T", frame("f")))

        #expect(try share(event(exception("A"), more: custom), event(exception("B"), more: custom)))
        #expect(try Pipe.hashes(event(exception("A"), more: custom)).count == 1)
        #expect(
            try share(event(exception("T", frame("f")), more: #","fingerprint":["{{ default }}"]"#), plain))
        let pay = event(exception("T", frame("f")), more: salted + #""pay""#)
        #expect(try share(pay, event(exception("T", value: "w", frame("f")), more: salted + #""pay""#)))
        #expect(try !share(pay, event(exception("T", frame("f")), more: salted + #""cart""#)))
        #expect(try !share(pay, plain))
    }

    @Test func `G4 the first strategy that contributes wins alone`() throws {
        let thread =
            #","threads":{"values":[{"id":1,"current":true,"stacktrace":{"frames":[\#(frame("g"))]}}]}"#
        let message = #","message":"hallo""#

        #expect(
            try share(
                event(exception("T", frame("f")), more: thread + message), event(exception("T", frame("f")))))
        #expect(try share("{\"a\":1\(thread)\(message)}", "{\"a\":1\(thread)}"))
        #expect(try !share("{\"a\":1\(thread)}", "{\"a\":1\(message)}"))
        #expect(
            try share(
                #"{"template":{"filename":"a/x.html","context_line":"{{ a }}"}}"#,
                #"{"template":{"filename":"b/x.html","context_line":"{{ a }}","lineno":7}}"#))
        #expect(try share("{}", #"{"tags":{"a":"b"}}"#))
        #expect(try !share("{}", #"{"message":"a"}"#))
    }

    @Test func `G4 policy reports go by directive and host`() throws {
        func report(_ directive: String, _ blocked: String) -> String {
            #"{"csp":{"effective_directive":"\#(directive)","blocked_uri":"\#(blocked)"}}"#
        }

        #expect(
            try share(
                report("img-src", "https://evil.example/a"), report("img-src", "https://evil.example/b")))
        #expect(
            try !share(
                report("img-src", "https://evil.example/a"), report("img-src", "https://other.example/a")))
        #expect(try !share(report("img-src", "inline"), report("style-src", "inline")))
    }

    @Test func `G5 the app's frames and all frames give a hash each`() throws {
        let mixed = event(exception("T", frame("lib", inApp: false), frame("f")))

        #expect(try Pipe.hashes(mixed).count == 2)
        #expect(try share(mixed, event(exception("T", frame("other", inApp: false), frame("f")))))
        #expect(try share(mixed, event(exception("T", frame("lib", inApp: true), frame("f")))))
        #expect(try Pipe.hashes(event(exception("T", frame("f")))).count == 1)
        #expect(try Pipe.hashes(event(exception("T", frame("f", inApp: false)))).count == 1)
    }

    @Test func `G6 the value counts only without frames, a made-up type never`() throws {
        let synthetic = #"{"type":"x","synthetic":true}"#

        #expect(
            try share(
                event(exception("T", value: "a", frame("f"))), event(exception("T", value: "b", frame("f")))))
        #expect(try share(event(exception("T", value: "no 1")), event(exception("T", value: "no 2"))))
        #expect(try !share(event(exception("T", value: "no")), event(exception("T", value: "yes"))))
        #expect(
            try share(
                event(exception("T", frame("f"), mechanism: synthetic)),
                event(exception("U", frame("f"), mechanism: synthetic))))
    }

    @Test func `G6 the code of a system error counts, its text does not`() throws {
        func error(_ code: Int, _ value: String) -> String {
            let meta = #"{"type":"x","meta":{"ns_error":{"domain":"NSCocoa","code":\#(code)}}}"#
            return event(exception("NSError", value: value, mechanism: meta))
        }

        #expect(try share(error(4, "no file"), error(4, "keine Datei")))
        #expect(try !share(error(4, "no file"), error(5, "no file")))
    }

    @Test func `G7 a chain counts whole and in order`() throws {
        let (a, b) = (exception("A", frame("f")), exception("B", frame("g")))

        #expect(try !share(event(a, b), event(b)))
        #expect(try !share(event(a, b), event(b, a)))
    }

    private func member(_ type: String, id: Int, parent: Int?, isGroup: Bool = false) -> String {
        let parent = parent.map { #","parent_id":\#($0)"# } ?? ""
        let mechanism = #"{"type":"x","exception_id":\#(id)\#(parent),"is_exception_group":\#(isGroup)}"#
        return exception(type, frame("f\(type)"), mechanism: mechanism)
    }

    @Test func `G8 a group of one kind is that kind, however often it failed`() throws {
        let root = member("Group", id: 0, parent: nil, isGroup: true)
        let twice = event(member("A", id: 2, parent: 0), member("A", id: 1, parent: 0), root)
        let once = event(member("A", id: 1, parent: 0), root)
        let mixed = event(member("B", id: 2, parent: 0), member("A", id: 1, parent: 0), root)
        let nested = event(
            member("A", id: 2, parent: 1), member("Inner", id: 1, parent: 0, isGroup: true), root)

        #expect(try share(twice, once))
        #expect(try share(nested, once))
        #expect(try !share(mixed, once))
        #expect(try Pipe.run(twice).event.facts.type == "A")
        #expect(try Pipe.run(mixed).event.facts.type == "Group")
    }

    @Test func `G8 a broken tree is a chain`() throws {
        let root = member("Group", id: 0, parent: nil, isGroup: true)
        let broken = event(member("A", id: 1, parent: 1), member("A", id: 1, parent: 0), root)

        #expect(try !share(broken, event(member("A", id: 1, parent: 0), root)))
        #expect(try Pipe.run(broken).event.facts.type == "Group")
    }

    @Test func `G9 wrappers show what they wrap`() throws {
        let react = exception("Error", value: "There was an error while hydrating. More.")
        let java = exception("io.reactivex.exceptions.UndeliverableException")

        #expect(try Pipe.run(event(exception("TypeError"), react)).event.facts.type == "TypeError")
        #expect(try Pipe.run(event(exception("IOException"), java)).event.facts.type == "IOException")
        #expect(try Pipe.run(event(react)).event.facts.type == "Error")
    }

    @Test func `G10 one crashed, else one current, else the only thread counts`() throws {
        func threads(_ list: [(String, String)]) -> String {
            let values = list.map { #"{"id":1\#($0.0),"stacktrace":{"frames":[\#(frame($0.1))]}}"# }
            return #"{"message":"m","threads":{"values":[\#(values.joined(separator: ","))]}}"#
        }
        let crashed = #","crashed":true"#
        let current = #","current":true"#

        #expect(try share(threads([(crashed, "a"), (current, "b")]), threads([("", "x"), (crashed, "a")])))
        #expect(try share(threads([(current, "b"), ("", "x")]), threads([("", "b")])))
        #expect(try share(threads([("", "a"), ("", "b")]), #"{"message":"m"}"#))
    }

    @Test func `G11 frames count by module or file, function, and line of source`() throws {
        func one(_ frame: String, _ platform: String = "python") -> String {
            event(exception("T", frame), platform: platform)
        }
        func file(_ path: String, _ function: String = "f") -> String {
            frame(function, module: nil, more: #","filename":"\#(path)""#)
        }
        func line(_ text: String) -> String { frame("f", more: #","context_line":"\#(text)""#) }

        #expect(try share(one(file("/a/Views.py")), one(file("/b/views.py"))))
        #expect(try !share(one(file("/a/views.py")), one(file("/a/models.py"))))
        #expect(try share(one(line("  a =  b ")), one(line("a = b"))))
        #expect(try !share(one(line("a = b")), one(line("a = c"))))
        #expect(try share(one(line("a = b"), "java"), one(line("a = c"), "java")))
        let long = String(repeating: "x", count: 121)
        #expect(try share(one(line(long + "1")), one(line(long + "2"))))
    }

    @Test func `G11 a repeated call counts once`() throws {
        #expect(
            try share(
                event(exception("T", frame("f"), frame("g"))),
                event(exception("T", frame("f"), frame("g"), frame("g"), frame("g")))))
    }

    @Test func `G11 code of the browser and lone scripts do not count`() throws {
        let url = #","abs_path":"https://h.example/a.js","filename":"https://h.example/a.js""#
        let lone = #"{"in_app":true,"lineno":1\#(url)}"#
        let native = frame("map", module: nil, more: #","filename":"[native code]""#)

        #expect(
            try share(
                event(exception("T", value: "x 1", lone), platform: "javascript"),
                event(exception("T", value: "x 2"), platform: "javascript")))
        #expect(
            try share(
                event(exception("T", frame("f"), native), platform: "javascript"),
                event(exception("T", frame("f")), platform: "javascript")))
    }

    @Test func `G12 messages count by their template, else without what differs`() throws {
        #expect(
            try share(
                #"{"logentry":{"message":"a %s","formatted":"a x"}}"#,
                #"{"logentry":{"message":"a %s","formatted":"a y"}}"#))
        #expect(try share(#"{"message":"took 12ms for 7"}"#, #"{"message":"took 99ms for 8"}"#))
        #expect(try share(#"{"message":"a\nb\nc"}"#, #"{"message":"a\nb\nd"}"#))
        #expect(try !share(#"{"message":"a\nb\nc"}"#, #"{"message":"a\nb"}"#))
    }

    @Test func `G13 Swift frames count by what the source calls them`() throws {
        func crash(_ function: String, file: String = "Cart.swift", platform: String = "swift") -> String {
            event(
                exception("CartError", frame(function, module: nil, more: #","filename":"\#(file)""#)),
                platform: platform)
        }

        #expect(try share(crash("closure #1 in Shop.Cart.pay()"), crash("closure #2 in Shop.Cart.pay()")))
        #expect(
            try share(
                crash("Shop.Cart.load() async throws -> ()"),
                crash("(2) await resume partial function for Shop.Cart.load() async throws -> ()")))
        #expect(try share(crash("Shop.Box<Swift.Int>.open()"), crash("Shop.Box<Swift.String>.open()")))
        #expect(
            try share(crash("Shop.Cart.pay()", file: "A.swift"), crash("Shop.Cart.pay()", file: "B.swift")))
        #expect(try !share(crash("static Shop.Cart.pay()"), crash("Shop.Cart.pay()")))
        #expect(try !share(crash("Shop.Cart.pay()"), crash("Shop.Cart.total()")))
    }
}
