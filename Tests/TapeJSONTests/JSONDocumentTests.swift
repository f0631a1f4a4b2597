// Reading a document: its grammar, its nodes, and what is mended on the way.

import TapeJSON
import Testing

@Suite struct JSONDocumentTests {
    // MARK: Grammar

    @Test(arguments: [
        ("", JSONError.unexpectedEnd),
        (" \n", .unexpectedEnd),
        ("[", .unexpectedEnd),
        ("[1", .unexpectedEnd),
        ("[1,", .unexpectedEnd),
        ("{", .unexpectedEnd),
        ("{\"a", .unexpectedEnd),
        ("{\"a\"", .unexpectedEnd),
        ("{\"a\":", .unexpectedEnd),
        ("{\"a\":1", .unexpectedEnd),
        ("{\"a\":1,", .unexpectedEnd),
        ("\"a", .unexpectedEnd),
        ("\"a\\", .unexpectedEnd),
        ("tru", .unexpectedEnd),
        ("trux", .unexpectedByte(offset: 3)),
        ("True", .unexpectedByte(offset: 0)),
        ("truex", .unexpectedByte(offset: 4)),
        ("1 2", .unexpectedByte(offset: 2)),
        ("[1,]", .unexpectedByte(offset: 3)),
        ("[,1]", .unexpectedByte(offset: 1)),
        ("[1}", .unexpectedByte(offset: 2)),
        ("{]", .unexpectedByte(offset: 1)),
        ("{\"a\":1,}", .unexpectedByte(offset: 7)),
        ("{\"a\" 1}", .unexpectedByte(offset: 5)),
        ("{a:1}", .unexpectedByte(offset: 1)),
        ("{\"a\":}", .unexpectedByte(offset: 5)),
        ("[]]", .unexpectedByte(offset: 2)),
        ("\u{FEFF}{}", .unexpectedByte(offset: 0)),
        ("\"\\x\"", .invalidString(offset: 1)),
        ("\"\\u12g4\"", .invalidString(offset: 1)),
        ("\"\\u12\"", .invalidString(offset: 1)),
        ("\"\\ud800\\u12\"", .invalidString(offset: 7)),
        ("\"12345678\n\"", .invalidString(offset: 9)),
        ("\"\u{0}\"", .invalidString(offset: 1)),
        ("01", .invalidNumber(offset: 0)),
        ("-", .invalidNumber(offset: 0)),
        ("[-a]", .invalidNumber(offset: 1)),
        ("1.", .invalidNumber(offset: 0)),
        ("1e", .invalidNumber(offset: 0)),
        ("1e+", .invalidNumber(offset: 0)),
        ("-01.5", .invalidNumber(offset: 0)),
        ("+1", .unexpectedByte(offset: 0)),
        (".5", .unexpectedByte(offset: 0)),
        ("NaN", .unexpectedByte(offset: 0)),
    ])
    func `a text that is not JSON is refused where it goes wrong`(text: String, error: JSONError) {
        #expect(throws: error) { try JSONDocument(text) }
    }

    @Test func `nesting is bounded`() throws {
        let depth = JSONDocument.maximumDepth
        let nested = { (count: Int) in
            String(repeating: "[{\"a\":", count: count / 2) + "1" + String(repeating: "}]", count: count / 2)
        }

        #expect(try JSONDocument(nested(depth)).text == nested(depth))
        #expect(throws: JSONError.tooDeep(offset: 3 * depth)) { try JSONDocument(nested(depth + 2)) }
        #expect(throws: JSONError.tooDeep(offset: depth)) {
            try JSONDocument(String(repeating: "[", count: 1_000_000))
        }
    }

    @Test(arguments: [("[[1]]", 2), ("{\"a\":{}}", 2), ("1", 0), ("[]", 1)])
    func `a reader may allow less depth, to leave room for wrapping`(text: String, depth: Int) throws {
        #expect(try JSONDocument(parsing: Array(text.utf8), maximumDepth: depth).text == text)
        guard depth > 0 else { return }
        #expect(throws: JSONError.self) {
            try JSONDocument(parsing: Array(text.utf8), maximumDepth: depth - 1)
        }
    }

    @Test func `a text with far more values than its length suggests is read whole`() throws {
        let text = "[" + Array(repeating: "[]", count: 10_000).joined(separator: ",") + "]"
        let document = try JSONDocument(text)

        #expect(document.count(document.root) == 10_000)
        #expect(document.nodeCount == 10_001)
        #expect(document.text == text)
    }

    @Test func `every special byte is found at every place of a string`() throws {
        for length in 0..<40 {
            let plain = String(repeating: "x", count: length)
            #expect(
                try JSONDocument("[\"\(plain)\",\"\(plain)\\n\(plain)\"]").texts == [
                    plain, "\(plain)\n\(plain)",
                ])
            #expect(try JSONDocument("[\"\(plain)é\(plain)\"]").texts == ["\(plain)é\(plain)"])
            #expect(throws: JSONError.invalidString(offset: length + 1)) {
                try JSONDocument("\"\(plain)\u{1F}\(plain)\"")
            }
        }
    }

    // MARK: Nodes

    @Test func `each kind tells its value and no other`() throws {
        let document = try JSONDocument(#"{"n":null,"b":true,"f":false,"i":-7,"s":"x","a":[1],"o":{"k":2}}"#)
        let nodes = Array(document.children(of: document.root))

        #expect(nodes.map(document.key) == ["n", "b", "f", "i", "s", "a", "o"])
        #expect(nodes.map(document.kind) == [.null, .bool, .bool, .number, .string, .array, .object])
        #expect(nodes.map(document.bool) == [nil, true, false, nil, nil, nil, nil])
        #expect(nodes.map(document.integer) == [nil, nil, nil, -7, nil, nil, nil])
        #expect(nodes.map(document.double) == [nil, nil, nil, -7, nil, nil, nil])
        #expect(nodes.map(document.numberText) == [nil, nil, nil, "-7", nil, nil, nil])
        #expect(nodes.map(document.string) == [nil, nil, nil, nil, "x", nil, nil])
        #expect(nodes.map(document.count) == [0, 0, 0, 0, 0, 1, 1])
        #expect(
            nodes.map { document.firstChild(of: $0) != nil } == [
                false, false, false, false, false, true, true,
            ])
        #expect(nodes.map(document.rawLength) == [0, 0, 0, 0, 1, 0, 0])
    }

    @Test(
        arguments: [
            ("0", 0), ("-0", 0), ("9223372036854775807", .max), ("-9223372036854775808", .min),
            ("9223372036854775808", nil), ("-9223372036854775809", nil), ("99999999999999999999", nil),
            ("1.0", nil), ("1e2", nil), ("\"1\"", nil),
        ] as [(String, Int64?)])
    func `integers are exact or absent`(text: String, value: Int64?) throws {
        let document = try JSONDocument(text)

        #expect(document.integer(document.root) == value)
    }

    @Test(
        arguments: [
            ("0", 0), ("-0.0", -0.0), ("1e2", 100), ("1E-2", 0.01),
            ("1772359200.098123", 1_772_359_200.098123),
            ("1e308", 1e308), ("1e309", nil), ("-1e999", nil), ("1e-999", 0), ("true", nil),
            ("100000000000000000000", 1e20),
        ] as [(String, Double?)])
    func `doubles are finite or absent`(text: String, value: Double?) throws {
        let document = try JSONDocument(text)

        #expect(document.double(document.root) == value)
    }

    @Test func `members are found by their key however it is written`() throws {
        let document = try JSONDocument(
            #"{"abc":1,"\u0061bd":2,"x\n":3,"ü":4,"\u00fc2":5,"\ud83d\ude00":6,"":7}"#)
        let number = { (node: JSONNode?) in node.flatMap { document.integer($0) } }

        #expect(number(document["abc"]) == 1)
        #expect(number(document["abd"]) == 2)
        #expect(number(document["x\n"]) == 3)
        #expect(number(document["ü"]) == 4)
        #expect(number(document["ü2"]) == 5)
        #expect(number(document["😀"]) == 6)
        #expect(number(document[""]) == 7)
        for key in ["abc", "abd", "x\n", "ü", "ü2", "😀", ""] {
            #expect(document.member(named: key, of: document.root).map(document.key) == key)
        }
    }

    @Test(arguments: ["ab", "abcd", "u\u{308}", "abe", "x", "x\\n", "\\u0061bd"])
    func `a key that only looks alike is not found`(key: String) throws {
        let document = try JSONDocument(#"{"abc":1,"\u0061bd":2,"x\n":3,"ü":4}"#)

        #expect(document.member(named: key, of: document.root) == nil)
    }

    @Test func `only objects have members`() throws {
        let document = try JSONDocument(#"{"a":[{"b":1}],"s":"b"}"#)
        let array = try #require(document["a"])
        let string = try #require(document["s"])

        #expect(document.member("b", of: array) == nil)
        #expect(document.member(named: "b", of: string) == nil)
    }

    @Test func `of duplicate keys the first counts`() throws {
        let document = try JSONDocument(#"{"a":1,"b":2,"\u0061":3}"#)

        #expect(document["a"].flatMap { document.integer($0) } == 1)
        #expect(document.text == #"{"a":1,"b":2,"\u0061":3}"#)
    }

    @Test func `texts are compared as they read`() throws {
        let document = try JSONDocument(#"["warn","\u0077arn","war","warns",1]"#)
        let nodes = Array(document.children(of: document.root))

        #expect(nodes.map { document.isString($0, "warn") } == [true, true, false, false, false])
        #expect(nodes.map { node in document.withText(node) { $0.count } } == [4, 4, 3, 5, nil])
    }

    @Test func `every escape is undone`() throws {
        let document = try JSONDocument(#""\"\\\/\b\f\n\r\t\u0041\u00E9\u20ac\ud83d\uDE00\u0000""#)

        #expect(document.string(document.root) == "\"\\/\u{8}\u{C}\n\r\tAé€😀\u{0}")
    }

    // MARK: Mending

    @Test(arguments: [
        (Array("\"a\\ud800b\"".utf8), "a\u{FFFD}b"),
        (Array("\"\\udc00\"".utf8), "\u{FFFD}"),
        (Array("\"\\ud800\\ud800\\udc00\"".utf8), "\u{FFFD}\u{10000}"),
        (Array("\"\\ud800\\u0041\"".utf8), "\u{FFFD}A"),
        (Array("\"\\ud800\\n\"".utf8), "\u{FFFD}\n"),
        (Array("\"\\ud800\"".utf8), "\u{FFFD}"),
        ([0x22, 0xFF, 0x22], "\u{FFFD}"),
        ([0x22, 0x61, 0xC3, 0x22], "a\u{FFFD}"),
        ([0x22, 0xC0, 0x80, 0x22], "\u{FFFD}\u{FFFD}"),
        ([0x22, 0xED, 0xA0, 0x80, 0x62, 0x22], "\u{FFFD}\u{FFFD}\u{FFFD}b"),
        ([0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"),
        ([0x22, 0xE2, 0x82, 0x5C, 0x6E, 0x22], "\u{FFFD}\n"),
    ])
    func `a damaged string is mended and remembered`(bytes: [UInt8], text: String) throws {
        let document = try JSONDocument(parsing: bytes)

        #expect(document.string(document.root) == text)
        #expect(document.repairedNodes == [document.root])
        #expect(try JSONDocument(parsing: document.serialized(document.root)).repairedNodes.isEmpty)
    }

    @Test func `a damaged key is mended too, once with its value`() throws {
        let document = try JSONDocument(parsing: Array(#"{"a\ud800":"\udc00","b":1}"#.utf8))

        #expect(document.text == "{\"a\u{FFFD}\":\"\u{FFFD}\",\"b\":1}")
        #expect(document.member(named: "a\u{FFFD}", of: document.root) != nil)
        #expect(document.repairedNodes.map(document.key) == ["a\u{FFFD}"])
    }

    @Test func `sound strings of every length of sequence are left alone`() throws {
        let document = try JSONDocument("\"aé€😀\u{7F}\u{10FFFF}\u{D7FF}\u{E000}\u{FFFD}\"")

        #expect(document.repairedNodes.isEmpty)
        #expect(document.string(document.root) == "aé€😀\u{7F}\u{10FFFF}\u{D7FF}\u{E000}\u{FFFD}")
    }
}

extension JSONDocument {
    init(_ text: String) throws(JSONError) {
        try self.init(parsing: Array(text.utf8))
    }

    /// The whole document, written.
    var text: String { String(decoding: serialized(root), as: UTF8.self) }

    /// The strings of an array.
    var texts: [String?] { children(of: root).map { string($0) } }
}
