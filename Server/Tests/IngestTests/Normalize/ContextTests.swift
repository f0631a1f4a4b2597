// The contexts that are known, and what they describe (protocol 8.8).

import TapeJSON
import Testing

@testable import Ingest

@Suite struct ContextTests {
    @Test func `fields of known contexts are texts and numbers, others are kept as they are`() throws {
        let piped = try Pipe.run(
            #"{"contexts":{"os":{"name":"Linux","version":6.1},"device":{"model":["x"],"processor_count":"8","odd":[1]}}}"#
        )

        #expect(piped["contexts.os.version"] == #""6.1""#)
        #expect(piped["contexts.device.processor_count"] == "8")
        #expect(piped["contexts.device.odd"] == "[1]")
        #expect(piped["contexts.device.model"] == nil)
        #expect(piped.errorNames == ["contexts.device.model"])
    }

    @Test func `the type of a context, not its name, says what it is`() throws {
        let piped = try Pipe.run(
            #"{"contexts":{"server":{"type":"os","name":7},"os":{"type":"mine","name":7}}}"#)

        #expect(piped["contexts.server.name"] == #""7""#)
        #expect(piped["contexts.os.name"] == "7")
    }

    @Test func `null and empty contexts are absent, and so are contexts of none`() throws {
        #expect(try Pipe.run(#"{"contexts":{"os":null,"app":{}}}"#)["contexts.os"] == nil)
        #expect(try Pipe.run(#"{"contexts":{"os":null}}"#)["contexts"] == nil)
    }

    @Test(arguments: [
        ("Microsoft Windows 10.0.19041", "Windows", "10", "19041"),
        ("Microsoft Windows NT 10.0.19041.0", "Windows", "10", "19041"),
        ("Mac OS X 10.13.6 (17G65)", "Mac OS X", "10.13.6", "17G65"), ("Windows 11", "Windows", "11", nil),
        ("iOS 14.2 (18B92)", "iOS", "14.2", "18B92"),
        (".NET Framework 4.8.4250.0", ".NET Framework", "4.8.4250.0", nil),
        ("Android OS 9 / API-28", "Android", "9", nil),
        ("Windows 10  (10.0.19042) 64bit", "Windows", "10", "19042"),
        ("Nintendo Switch", "Nintendo Switch", nil, nil),
    ])
    func `a system is read from its description`(form: (String, String, String?, String?)) throws {
        let system = try #require(SystemDescription(form.0))

        #expect(system.name == form.1)
        #expect(system.version == form.2)
        #expect(system.build == form.3)
        #expect(!system.isKernel)
    }

    @Test func `what uname says is the kernel's version`() throws {
        let piped = try Pipe.run(
            #"{"contexts":{"server-os":{"type":"os","raw_description":"Linux 5.3.0-24-generic #0+ SMP Fri Dec 6 2019"}}}"#
        )

        #expect(piped["contexts.server-os.name"] == #""Linux""#)
        #expect(piped["contexts.server-os.kernel_version"] == #""5.3.0""#)
        #expect(piped["contexts.server-os.version"] == nil)
    }

    @Test(arguments: ["", "1.2.3", "a b c d e f 1"]) func `what describes nothing is left alone`(text: String)
    {
        #expect(SystemDescription(text) == nil)
    }

    @Test func `identities of traces are checked and written in small letters`() throws {
        let id = "A1B2C3D4E5F60718293A4B5C6D7E8F90"
        let piped = try Pipe.run(
            "{\"contexts\":{\"trace\":{\"trace_id\":\"\(id)\",\"span_id\":\"12\",\"parent_span_id\":\"1122334455667788\"}}}"
        )

        #expect(piped["contexts.trace.trace_id"] == "\"\(id.lowercased())\"")
        #expect(piped["contexts.trace.parent_span_id"] == #""1122334455667788""#)
        #expect(piped["contexts.trace.span_id"] == nil)
        #expect(piped.errorNames == ["contexts.trace.span_id"])
    }

    @Test func `of 150 flags the newest 100 stay`() throws {
        let flags = (0..<150).map { "{\"flag\":\"f\($0)\",\"result\":true}" }.joined(separator: ",")
        let piped = try Pipe.run("{\"contexts\":{\"flags\":{\"values\":[\(flags)]}}}")

        #expect(piped.document.count(try #require(piped.node("contexts.flags.values"))) == 100)
        #expect(piped["contexts.flags.values.99.flag"] == #""f149""#)
    }

    @Test func `a response has headers like a request`() throws {
        let piped = try Pipe.run(
            #"{"contexts":{"response":{"status_code":"502","headers":{"content-type":"text/html"},"cookies":"a=1; b=2"}}}"#
        )

        #expect(piped["contexts.response.status_code"] == "502")
        #expect(piped["contexts.response.headers"] == #"[["Content-Type","text/html"]]"#)
        #expect(piped["contexts.response.cookies"] == #"[["a","1"],["b","2"]]"#)
    }
}
