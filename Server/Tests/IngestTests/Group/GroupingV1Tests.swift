// Which events share an issue, and which do not.

import Testing

@testable import Ingest

@Suite struct GroupingV1Tests {
    private func exception(
        type: String = "T", value: String = "v", frames: [(String, String, Bool)] = [("m", "f", true)],
        extra: String = ""
    ) -> String {
        let list = frames.map {
            "{\"module\":\"\($0.0)\",\"function\":\"\($0.1)\",\"in_app\":\($0.2),\"lineno\":\(Int.random(in: 1...99))}"
        }
        return """
            {"exception":[{"type":"\(type)","value":"\(value)","stacktrace":{"frames":[\(list.joined(separator: ","))]}}]\(extra)}
            """
    }

    private func share(_ one: String, _ other: String) throws -> Bool {
        !Set(try Pipe.hashes(one)).isDisjoint(with: try Pipe.hashes(other))
    }

    @Test func `equal own frames share an issue, whatever the value and the lines`() throws {
        #expect(try share(exception(value: "a"), exception(value: "b")))
    }

    @Test func `library frames do not count where there are own ones`() throws {
        #expect(
            try share(
                exception(frames: [("m", "f", true), ("lib", "x", false)]),
                exception(frames: [("lib", "y", false), ("m", "f", true)])))
    }

    @Test func `other types, functions and modules are other issues`() throws {
        #expect(try !share(exception(), exception(type: "U")))
        #expect(try !share(exception(), exception(frames: [("m", "g", true)])))
        #expect(try !share(exception(), exception(frames: [("n", "f", true)])))
    }

    @Test func `without own frames the library's frames count`() throws {
        #expect(try !share(exception(frames: [("m", "f", false)]), exception(frames: [("m", "g", false)])))
    }

    @Test func `without frames the type and the value without its numbers count`() throws {
        #expect(try share(exception(value: "user 17", frames: []), exception(value: "user 18", frames: [])))
        #expect(try !share(exception(value: "user 17", frames: []), exception(value: "order 17", frames: [])))
    }

    @Test func `a call of itself counts once`() throws {
        #expect(
            try share(
                exception(frames: [("m", "f", true)]),
                exception(frames: [("m", "f", true), ("m", "f", true)])))
    }

    @Test func `a message is grouped by its template, else without its parameters`() throws {
        #expect(try share(#"{"message":"took 12ms for 7"}"#, #"{"message":"took 99ms for 8"}"#))
        #expect(
            try share(
                #"{"logentry":{"message":"a %s","params":["x"]}}"#,
                #"{"logentry":{"message":"a %s","params":["y"]}}"#))
        #expect(try !share(#"{"message":"a"}"#, #"{"message":"b"}"#))
    }

    @Test func `the client's fingerprint decides`() throws {
        let custom = #","fingerprint":["mine",7]"#

        #expect(try share(exception(extra: custom), exception(type: "U", extra: custom)))
        #expect(try !share(exception(extra: custom), exception(extra: #","fingerprint":["mine",8]"#)))
    }

    @Test(arguments: ["{{ default }}", "{{default}}"])
    func `the default placeholder stands for the server's grouping`(
        name: String
    ) throws {
        let plain = ",\"fingerprint\":[\"\(name)\"]"
        let salted = ",\"fingerprint\":[\"\(name)\",\"tenant\"]"

        #expect(try share(exception(), exception(extra: plain)))
        #expect(try !share(exception(), exception(extra: salted)))
        #expect(try share(exception(value: "a", extra: salted), exception(value: "b", extra: salted)))
        #expect(try !share(exception(extra: salted), exception(type: "U", extra: salted)))
    }

    @Test(arguments: ["[]", "null", "[null]", "7", "{}"]) func `a fingerprint that is none does not count`(
        json: String
    ) throws {
        #expect(try share(exception(), exception(extra: ",\"fingerprint\":\(json)")))
    }

    @Test func `a checksum of 32 hex digits is the hash itself`() throws {
        let digits = "0123456789abcdef0123456789abcdef"

        #expect(try Pipe.hashes("{\"checksum\":\"\(digits)\"}") == [digits])
        #expect(try Pipe.hashes(#"{"checksum":"mine"}"#) != [digits])
    }

    @Test func `events that say nothing are one issue`() throws {
        #expect(try share("{}", #"{"tags":{"a":"b"}}"#))
    }
}
