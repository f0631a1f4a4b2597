// Editing a document: one table of small edits, and long random series of them beside a plain model.

import TapeJSON
import Testing

@Suite struct JSONDocumentEditTests {
    private static let object = #"{"a":1,"b":[true,null],"c":"x"}"#

    @Test(arguments: ["a", "b", "c"])
    func `a member is replaced in its place, be it first, middle or last`(key: String) throws {
        var document = try JSONDocument(Self.object)
        let value = document.makeString("new")
        document.set(named: key, of: document.root, to: value)

        let expected = [
            "a": #"{"a":"new","b":[true,null],"c":"x"}"#, "b": #"{"a":1,"b":"new","c":"x"}"#,
            "c": #"{"a":1,"b":[true,null],"c":"new"}"#,
        ]
        #expect(document.text == expected[key])
        #expect(document.count(document.root) == 3)
    }

    @Test(
        arguments: [
            ("a", #"{"b":[true,null],"c":"x"}"#), ("b", #"{"a":1,"c":"x"}"#),
            ("c", #"{"a":1,"b":[true,null]}"#), ("d", object),
        ] as [(JSONKey, String)])
    func `a member is removed, be it first, middle or last`(key: JSONKey, expected: String) throws {
        var document = try JSONDocument(Self.object)
        let removed = document.remove(key, of: document.root)

        #expect(document.text == expected)
        #expect((removed != nil) == (expected != Self.object))
        #expect(document.count(document.root) == (removed == nil ? 3 : 2))
    }

    @Test func `a document can be emptied and filled again`() throws {
        var document = try JSONDocument(Self.object)
        for key in ["a", "c", "b"] as [JSONKey] { document.remove(key, of: document.root) }
        #expect(document.text == "{}")

        for number in 1...3 {
            document.set(named: "n\(number)", of: document.root, to: document.makeNumber(number))
        }
        #expect(document.text == #"{"n1":1,"n2":2,"n3":3}"#)
    }

    @Test func `a removed member can be put somewhere else`() throws {
        var document = try JSONDocument(#"{"a":{"k":[1]},"b":{}}"#)
        let removed = document.remove("a", of: document.root)
        let moved = try #require(removed)
        let target = try #require(document["b"])
        document.set("c", of: target, to: moved)

        #expect(document.text == #"{"b":{"c":{"k":[1]}}}"#)
    }

    @Test func `removing a key leaves no duplicate of it behind`() throws {
        var document = try JSONDocument(#"{"p":1,"a":2,"p":3,"\u0070":4,"b":5,"p":6}"#)
        let removed = document.remove("p", of: document.root)

        #expect(document.text == #"{"a":2,"b":5}"#)
        #expect(removed.flatMap { document.integer($0) } == 1)
    }

    @Test func `elements are appended to arrays, empty or not`() throws {
        var document = try JSONDocument("[[],[1]]")
        for list in Array(document.children(of: document.root)) {
            document.append(document.makeBool(true), to: list)
            document.append(document.makeNull(), to: list)
        }

        #expect(document.text == "[[true,null],[1,true,null]]")
    }

    @Test func `an array is made of given values in their order`() {
        var document = JSONDocument()
        let values = [
            document.makeNumber(1), document.makeString("2"), document.makeArray(), document.makeObject(),
        ]
        let array = document.makeArray(values)
        document.set("list", of: document.root, to: array)
        document.append(document.makeNumber(0.5), to: array)

        #expect(document.text == #"{"list":[1,"2",[],{},0.5]}"#)
        #expect(document.count(array) == 5)
    }

    @Test func `children are removed by what they are`() throws {
        var document = try JSONDocument("[null,1,null,2,null,null]")
        document.removeChildren(of: document.root) { $0.kind($1) == .null }
        #expect(document.text == "[1,2]")

        document.append(document.makeNumber(3), to: document.root)
        document.removeChildren(of: document.root) { $0.integer($1) == 3 }
        #expect(document.text == "[1,2]")

        document.removeChildren(of: document.root) { _, _ in true }
        #expect(document.text == "[]")
    }

    @Test func `a node changes where it stands and keeps its key`() throws {
        var document = try JSONDocument(#"{"a":[1,2],"b":null,"c":3}"#)
        let a = try #require(document["a"])
        let b = try #require(document["b"])
        document.setString("x\"y", at: a)
        let list = document.makeArray([document.makeNumber(7)])
        document.setValue(of: b, from: list)
        document.setKey("renamed\n", of: b)

        #expect(document.text == #"{"a":"x\"y","renamed\n":[7],"c":3}"#)
        #expect(document.string(a) == "x\"y")
        #expect(document.key(b) == "renamed\n")
        #expect(document.member("b", of: document.root) == nil)
    }

    @Test func `an element becomes a member and back`() throws {
        var document = try JSONDocument(#"[[1],{"k":2}]"#)
        let nodes = Array(document.children(of: document.root))
        let element = try #require(document.firstChild(of: nodes[0]))
        let member = try #require(document.firstChild(of: nodes[1]))
        document.remove(element, of: nodes[0])
        document.remove(member, of: nodes[1])
        document.append(member, to: nodes[0])
        document.set("n", of: nodes[1], to: element)

        #expect(document.text == #"[[2],{"n":1}]"#)
    }

    @Test(arguments: [
        "", "plain", "\"", "\\", "\n\r\t", "\u{0}\u{1F}\u{7F}", "é€😀", "</script>", "\u{2028}", "a\\u0041",
    ])
    func `whatever a text holds, it is written so that it reads back`(text: String) throws {
        var document = JSONDocument()
        document.set(named: text, of: document.root, to: document.makeString(text))
        let again = try JSONDocument(parsing: document.serialized(document.root))
        let member = try #require(again.firstChild(of: again.root))

        #expect(again.key(member) == text)
        #expect(again.string(member) == text)
        #expect(document.member(named: text, of: document.root) != nil)
    }

    @Test(
        arguments: [
            (0, "0.0"), (-0.5, "-0.5"), (1e20, "1e+20"), (.leastNonzeroMagnitude, "5e-324"),
            (.infinity, "null"),
            (.nan, "null"),
            (1_772_359_200.098123, "1772359200.098123"),
        ] as [(Double, String)])
    func `numbers are written as JSON has them`(value: Double, text: String) throws {
        var document = JSONDocument()
        document.append(document.makeArray([document.makeNumber(value)]), to: document.root)
        let list = try #require(document.firstChild(of: document.root))

        #expect(String(decoding: document.serialized(list), as: UTF8.self) == "[\(text)]")
    }

    @Test func `a part is written alone, even after edits`() throws {
        var document = try JSONDocument(#"{ "a" : { "b" : [ 1 , "x" ] , "c" : {} } }"#)
        let a = try #require(document["a"])
        document.set("d", of: a, to: document.makeBool(false))

        #expect(String(decoding: document.serialized(a), as: UTF8.self) == #"{"b":[1,"x"],"c":{},"d":false}"#)
    }

    @Test func `a copy does not see the edits of the other`() throws {
        let original = try JSONDocument(Self.object)
        var copy = original
        copy.remove("a", of: copy.root)

        #expect(original.text == Self.object)
        #expect(copy.text == #"{"b":[true,null],"c":"x"}"#)
    }

    @Test func `taking a hundred thousand elements out one by one takes no time to speak of`() throws {
        var document = try JSONDocument(
            "[" + Array(repeating: "0,1", count: 50_000).joined(separator: ",") + "]")
        var candidate = document.firstChild(of: document.root)
        let start = ContinuousClock.now
        while let node = candidate {
            candidate = document.sibling(after: node)
            if document.integer(node) == 1 { document.remove(node, of: document.root) }
        }

        #expect(document.count(document.root) == 50_000)
        // Walking from the first element each time would take minutes in a debug build.
        #expect(ContinuousClock.now - start < .seconds(10))
    }

    @Test(arguments: [
        (#"{"a": 1, "b": [true, null, "x"], "c": {}}"#, #"{"a": 1, "b": [true, null, "x"], "c": {}}"#),
        ("{\n  \"a\": 1,\n  \"b\": 2\n}", #"{"a": 1,"b": 2}"#),
        (#"{"a":1,"b":[1,2]}"#, #"{"a":1,"b":[1,2]}"#),
    ])
    func `blanks between tokens stay on request, other space does not`(text: String, kept: String) throws {
        let document = try JSONDocument(parsing: Array(text.utf8))

        #expect(document.serialized(document.root, blanks: .kept) == Array(kept.utf8))
        #expect(!document.serialized(document.root).contains(UInt8(ascii: " ")))
    }

    @Test func `a mended text that begins with a blank does not tear the word before it`() throws {
        let head = Array(#"{":"#.utf8) + [0xE1] + Array(#"":[null," ull"#.utf8)
        let document = try JSONDocument(parsing: head + [0x83] + Array(#""]}"#.utf8))

        let written = String(decoding: document.serialized(document.root, blanks: .kept), as: UTF8.self)
        #expect(written == "{\":\u{FFFD}\":[null,\" ull\u{FFFD}\"]}")
    }

    @Test(
        arguments: [
            (0, 0, "0.0"), (5, 250_000, "5.25"), (1_772_359_190, 1, "1772359190.000001"), (7, 100_000, "7.1"),
        ] as [(Int64, Int64, String)])
    func `a number of millionths is written as a double is`(units: Int64, millionths: Int64, text: String) {
        var document = JSONDocument()
        let node = document.makeNumber(units, millionths: millionths)

        #expect(document.numberText(node) == text)
        #expect(document.double(node).map { "\($0)" } == text)
    }

    // MARK: Random series

    @Test(arguments: 0..<8 as Range<UInt64>)
    func `a long series of edits keeps step with a plain model`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        for _ in 0..<150 {
            var model = ValueModel.random(depth: 3, using: &random)
            var document = try JSONDocument(model.text)
            for step in 0..<30 {
                let edit = model.edit(using: &random)
                document.apply(edit)
                guard document.text != model.text else { continue }
                Issue.record("seed \(seed), step \(step): \(edit) gave \(document.text), not \(model.text)")
                return
            }
        }
    }
}
