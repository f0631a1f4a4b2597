// Rules that projects write: what they say of events, and what is said of mistakes in them.

import FlycatcherWire
import Model
import TapeJSON
import Testing

@testable import Ingest

@Suite struct RulesTests {
    private func rules(fingerprints: String = "", stacks: String = "") -> GroupingRules {
        GroupingRules(GroupingSettings(fingerprintRules: fingerprints, stackRules: stacks))
    }

    private func run(_ json: String, _ rules: GroupingRules) throws -> GroupedEvent {
        let arrival = Arrival(
            project: ProjectID(1), key: 1, receivedAt: Pipe.received, endpoint: .envelope, rules: rules)
        return try EventPipeline(clock: { 0 }, pack: { $0 }).process(Array(json.utf8), arrival).result.get()
    }

    private func share(_ one: String, _ other: String, _ rules: GroupingRules) throws -> Bool {
        !Set(try run(one, rules).hashes).isDisjoint(with: try run(other, rules).hashes)
    }

    private func event(
        type: String = "T", value: String = "v", _ frames: [(String, Bool?)] = [("f", true)],
        more: String = ""
    ) -> String {
        let list = frames.map { name, inApp in
            let flag = inApp.map { ",\"in_app\":\($0)" } ?? ""
            return
                #"{"module":"shop.\#(name)","function":"\#(name)","abs_path":"/srv/shop/\#(name).py"\#(flag)}"#
        }
        return #"""
            {"platform":"python","exception":{"values":[{"type":"\#(type)","value":"\#(value)",\#
            "stacktrace":{"frames":[\#(list.joined(separator: ","))]}}]}\#(more)}
            """#
    }

    @Test(arguments: [
        "error.type:T* -> mine", "type:\"T\" -> mine", "error.value:*v* -> mine", "message:v -> mine",
        "tags.shop:b* -> mine", "level:ERROR -> mine", "logger:shop.* -> mine", "path:**/shop/*.py -> mine",
        "path:srv/** -> nothing\npath:/SRV/** -> mine", "stack.module:shop.f stack.function:f -> mine",
        "family:python app:yes -> mine", "!type:Other !level:info -> mine", "family:other -> mine",
        "# comment\n\nerror.type:U -> other\nerror.type:T -> mine\nerror.type:T -> later",
    ])
    func `G3 and G15 the first rule that matches is the fingerprint`(text: String) throws {
        let event = event(more: #","logger":"shop.pay","tags":{"shop":"bikes"}"#)
        let mine = try run(#"{"fingerprint":["mine"]}"#, .builtIn).hashes

        #expect(rules(fingerprints: text).fingerprintErrors == [])
        #expect(try run(event, rules(fingerprints: text)).hashes == mine)
    }

    @Test(arguments: [
        "error.type:t -> mine", "error.type:T error.value:w -> mine",
        "stack.module:shop.f function:g -> mine",
        "tags.shop:cars -> mine", "app:no -> mine", "family:native -> mine", "path:/srv/*.py -> mine",
    ]) func `G15 a rule of which one condition fails says nothing`(text: String) throws {
        #expect(rules(fingerprints: text).fingerprintErrors == [])
        #expect(
            try run(event([("f", true), ("g", true)]), rules(fingerprints: text)).hashes
                == run(event([("f", true), ("g", true)]), .builtIn).hashes)
    }

    @Test func `G15 conditions on exceptions hold for one and the same`() throws {
        let two = #"{"exception":[{"type":"A","value":"x"},{"type":"B","value":"y"}]}"#

        #expect(
            try run(two, rules(fingerprints: "type:A value:y -> mine")).hashes == run(two, .builtIn).hashes)
        #expect(
            try run(two, rules(fingerprints: "type:A value:x -> mine")).hashes != run(two, .builtIn).hashes)
    }

    @Test func `G15 rules fill in variables and name the issue`() throws {
        let rules = rules(
            fingerprints:
                #"type:* -> {{ error.type }}, {{ tags.shop }} title="Shop {{ tags.shop }}: {{ error.type }}""#
        )
        let (bikes, cars) = (
            event(more: #","tags":{"shop":"bikes"}"#), event(more: #","tags":{"shop":"cars"}"#)
        )

        #expect(rules.fingerprintErrors == [])
        #expect(try !share(bikes, cars, rules))
        #expect(try share(bikes, event(value: "w", [("g", true)], more: #","tags":{"shop":"bikes"}"#), rules))
        #expect(try run(bikes, rules).facts.title == "Shop bikes: T")
    }

    @Test func `G3 rules have no effect on a checksum, and go before the client's fingerprint`() throws {
        let rules = rules(fingerprints: "type:T -> mine")
        let mine = try run(#"{"fingerprint":["mine"]}"#, .builtIn).hashes

        #expect(try run(event(more: #","checksum":"c""#), rules).hashes != mine)
        #expect(try run(event(more: #","fingerprint":["theirs"]"#), rules).hashes == mine)
    }

    @Test func `G3 a rule may add to the server's own grouping`() throws {
        let rules = rules(fingerprints: "type:T -> {{ default }}, salt")

        #expect(try share(event(value: "a"), event(value: "b"), rules))
        #expect(try !share(event(), event([("g", true)]), rules))
        #expect(try run(event(), rules).hashes != run(event(), .builtIn).hashes)
    }

    @Test func `G14 stack-trace rules say which frames are the app's`() throws {
        let (one, other) = (event([("lib", true), ("f", true)]), event([("kit", true), ("f", true)]))

        #expect(try !share(one, other, .builtIn))
        #expect(try share(one, other, rules(stacks: "function:lib -app\nfunction:kit -app")))
        #expect(try share(one, other, rules(stacks: "function:f v-app")))
        #expect(try share(one, other, rules(stacks: "function:f v-group")))
        #expect(try !share(one, other, rules(stacks: "function:f ^-app")))
        #expect(
            try share(
                event([("a", nil), ("f", nil)]), event([("b", nil), ("f", nil)]),
                rules(stacks: "function:f +app")))
    }

    @Test func `G14 rules may ask who calls and who is called`() throws {
        let (one, other) = (event([("lib", true), ("f", true)]), event([("kit", true), ("f", true)]))

        #expect(try share(one, other, rules(stacks: "function:* | [ function:f ] -group")))
        #expect(try !share(one, other, rules(stacks: "function:* | [ function:g ] -group")))
        #expect(try !share(one, other, rules(stacks: "[ function:lib ] | function:f -group")))
        #expect(
            try share(
                one, event([("lib", true), ("g", true)]),
                rules(stacks: "[ function:lib ] | function:* -group")))
    }

    @Test func `G11 rules bound how many frames count`() throws {
        let (one, other) = (event([("a", true), ("f", true)]), event([("b", true), ("f", true)]))

        #expect(try share(one, other, rules(stacks: "type:T max-frames=1")))
        #expect(try !share(one, other, rules(stacks: "type:U max-frames=1")))
        #expect(
            try share(
                event(value: "no 1"), event(value: "no 2", [("g", true)]),
                rules(stacks: "type:T min-frames=2")))
    }

    @Test func `the client's marks are kept beside those of rules, so that rules can run again`() throws {
        let first = try run(event([("f", true)]), rules(stacks: "function:f -app"))
        let document = try JSONDocument(parsing: first.body)
        let again = GroupingReader().hashes(of: first.body)

        #expect(
            String(decoding: document.serialized(document.root), as: UTF8.self).contains(#""orig_in_app":1"#))
        #expect(try again == run(event([("f", true)]), .builtIn).hashes)
    }

    @Test(arguments: [
        ("error.type:A", "line 1: “->” between the conditions and the fingerprint is missing"),
        ("\n\n-> x", "line 3: a condition in front of “->” is missing"),
        ("eror.type:A -> x", "line 1: “eror.type” is nothing that a condition can look at"),
        ("hallo -> x", "line 1: “hallo” is no condition; write one as name:pattern"),
        ("type: -> x", "line 1: “type” has no pattern behind its colon"),
        ("type:A ->", "line 1: a fingerprint behind “->” is missing"),
        ("type:\"A -> x", "line 1: a quotation mark is not closed"),
        ("type:A -> {{ nonsense }}", "line 1: “{{ nonsense }}” is no variable"),
        ("type:A -> x name=\"y\"", "line 1: “name” is no attribute; there is only title"),
        ("app:maybe -> x", "line 1: “app” is either yes or no, not “maybe”"),
    ]) func `mistakes in fingerprint rules are named with their line`(form: (String, String)) {
        #expect(rules(fingerprints: form.0).fingerprintErrors.map(\.description) == [form.1])
    }

    @Test(arguments: [
        ("function:f", "line 1: an action is missing, such as -app or +group"),
        ("-app", "line 1: a condition is missing"),
        ("function:f +apple", "line 1: “+apple” is no action; there are app and group"),
        ("function:f max-frames=x", "line 1: “max-frames” wants a number, not “x”"),
        ("[ function:f function:g -app", "line 1: “[” is not closed"),
        ("[ function:f ] function:g -app", "line 1: “|” is expected behind “]”"),
        (
            "level:error -app",
            "line 1: “level:error” looks at the whole event; only frames and exceptions count here"
        ),
        ("function:f hallo -app", "line 1: “hallo” is neither a condition nor an action"),
    ]) func `mistakes in stack-trace rules are named with their line`(form: (String, String)) {
        #expect(rules(stacks: form.0).stackErrors.map(\.description) == [form.1])
    }

    @Test func `every rule that ships can be read`() {
        let found = RuleLine.all(of: BuiltInRules.text) { line throws(RuleError) in try StackRule(line) }

        #expect(found.errors == [])
        #expect(found.rules.count > 40)
    }

    @Test func `what counts is explained in words`() throws {
        let event = try run(event([("lib", false), ("f", true)]), rules(stacks: "function:lib -group"))

        let explanation = try #require(
            GroupingReader(rules(stacks: "function:lib -group")).explanation(of: event.body))

        #expect(explanation.version == "v1")
        #expect(explanation.summary == "Grouped by the exception and the app's own frames.")
        #expect(explanation.variants.map(\.name) == ["app", "system"])
        #expect(explanation.variants.compactMap(\.hash).first == event.hashes.first)
        let reasons = explanation.variants[0].parts.compactMap(\.reason)
        #expect(reasons == ["by the rule “function:lib -group”", "the stack trace says more"])
    }
}
