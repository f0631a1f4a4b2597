// Keys: found however they are written, told apart where their marks are not.

import TapeJSON
import Testing

@Suite struct JSONKeyTests {
    @Test(arguments: [
        (#"{"level":1}"#, true),
        (#"{"levels":1}"#, false),
        (#"{"Level":1}"#, false),
        (#"{"l\u0065vel":1}"#, true),
        (#"{"other":2,"level":1}"#, true),
        (#"{}"#, false),
        (#"[1]"#, false),
    ])
    func `a member is found by its key, escaped or not`(text: String, isFound: Bool) throws {
        let document = try JSONDocument(parsing: Array(text.utf8))

        #expect((document["level"] != nil) == isFound)
        #expect((document.member(named: "level", of: document.root) != nil) == isFound)
    }

    /// Keys of one length with the same first eight bytes have the same mark.
    @Test func `keys with the same mark are told apart`() throws {
        let document = try JSONDocument(parsing: Array(#"{"instruction_abcd":1,"instruction_addr":2}"#.utf8))

        let node = try #require(document["instruction_addr"])
        #expect(document.integer(node) == 2)
        #expect(document["instruction_size"] == nil)
    }

    @Test func `a key that was repaired is found as it is now`() throws {
        let document = try JSONDocument(parsing: Array(#"{"a\ud800":1}"#.utf8))

        #expect(document["a\u{FFFD}"] != nil)
    }

    @Test func `a key keeps its place and its text when its value is replaced`() throws {
        var document = try JSONDocument(parsing: Array(#"{"a":1,"\u0062":2}"#.utf8))
        let value = document.makeString("new")
        document.set("b", of: document.root, to: value)

        #expect(document["b"] == value)
        #expect(document.serialized(document.root) == Array(#"{"a":1,"\u0062":"new"}"#.utf8))
    }

    @Test func `a table says which of its keys a member has`() throws {
        let table = JSONKeyTable(["level", "message", "instruction_addr", ""])
        let text = #"{"message":1,"x":2,"level":3,"instruction_abcd":4,"instruction_addr":5,"":6}"#
        let document = try JSONDocument(parsing: Array(text.utf8))

        let indices = document.children(of: document.root).map { document.index(ofKeyOf: $0, in: table) }
        #expect(indices == [1, nil, 0, nil, 2, 3])
    }

    @Test(
        arguments: [
            (#"{"a":1,"b":2}"#, nil),
            (#"{"a":1,"b":2,"a":3}"#, 3),
            (#"{"a":1,"\u0061":2}"#, 2),
            (#"{"instruction_abcd":1,"instruction_addr":2}"#, nil),
            (#"{"instruction_abcd":1,"instruction_addr":2,"x":3,"x":4}"#, 4),
        ] as [(String, Int64?)])
    func `the first repeated key is found`(text: String, expected: Int64?) throws {
        let document = try JSONDocument(parsing: Array(text.utf8))

        #expect(document.repeatedMember(of: document.root).flatMap { document.integer($0) } == expected)
    }
}
