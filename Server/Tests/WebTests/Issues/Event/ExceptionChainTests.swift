// The chain of exceptions, and threads and messages in its place.

import FlycatcherWire
import Model
import Testing

@testable import Web

struct ExceptionChainTests {
    @Test func `the outermost exception comes first, its causes below`() throws {
        let html = SampleEvent.json
        let chain = ExceptionChain(try document(html))

        #expect(chain.parts.map(\.type) == ["OrderError", "OperationalError"])
        #expect(chain.parts.map { $0.child(named: "heading") as? String } == ["Stack trace", "Caused by"])
        #expect(
            chain.parts[0].child(named: "note") as? String
                == "unhandled · caught by django · defined in shop.errors")
    }

    @Test(arguments: [
        #"{"exception": [{"type": "A", "value": "b"}]}"#, #"{"exception": {"type": "A", "value": "b"}}"#,
        #"{"exception": {"values": [null, {"type": "A", "value": "b"}]}}"#,
    ])
    func `every shape of the exception list is read`(json: String) throws {
        #expect(ExceptionChain(try document(json)).parts.map(\.type) == ["A"])
    }

    @Test(arguments: [
        "{}", #"{"exception": null}"#, #"{"exception": 5}"#, #"{"exception": {"values": null}}"#,
        #"{"exception": {}}"#, #"{"exception": []}"#, "[]", "null", "7",
    ])
    func `an event without exceptions has none`(json: String) throws {
        #expect(ExceptionChain(try document(json)).parts.isEmpty)
    }

    @Test func `what an exception only wraps heads the page, and the wrapper is named below`() async throws {
        let json =
            #"""
            {"exception": {"values": [{"type": "RangeError", "value": "no pear left"},
            {"type": "RangeError", "value": "no apple left"}, {"type": "AggregateError", "value": "all failed"}]}}
            """#
        let issue = Model.Issue.stub(facts: .stub(type: "RangeError", value: "no apple left"))
        let html = try await Rendered.issuePage(json, issue: issue)

        #expect(html.contains("</span>RangeError</h1>"))
        #expect(html.contains("<p class=\"value\">no apple left</p>"))
        #expect(html.contains("<b>AggregateError</b>: all failed"))
        #expect(html.contains("<b>RangeError</b>: no apple left"))
        #expect(html.contains("<b>RangeError</b>: no pear left"))
    }

    @Test func `a context that was being handled is no cause`() throws {
        let chain = ExceptionChain(
            try document(
                #"""
                {"exception": {"values": [{"type": "A", "mechanism": {"type": "chained", "source": "__context__"}},
                {"type": "B"}]}}
                """#))

        #expect(chain.parts[1].child(named: "heading") as? String == "While handling")
        #expect(chain.parts[1].child(named: "note") as? Bool == false)
    }

    @Test func `a value is shown whole, however long and however many lines`() async throws {
        let value = String(repeating: "all of it ", count: 800) + "end"
        let html = try await Rendered.issuePage(
            #"{"exception": {"values": [{"type": "A", "value": "first\n\#(value)"}]}}"#)

        #expect(html.contains("<p class=\"value\">first\n\(value)</p>"))
    }

    @Test func `a synthetic exception leaves the title to the issue`() async throws {
        let html = try await Rendered.issuePage(
            #"{"exception": {"values": [{"type": "SIGSEGV", "value": "x", "mechanism": {"type": "s", "synthetic": true}}]}}"#
        )

        #expect(html.contains("</span>OrderError</h1>"))
    }

    @Test func `without an exception the thread that matters shows its stack`() throws {
        let json =
            #"""
            {"threads": {"values": [{"id": 1, "name": "idle", "stacktrace": {"frames": [{"function": "wait"}]}},
            {"id": 2, "current": true, "stacktrace": {"frames": [{"function": "work"}]}}]}}
            """#
        let detail = EventDetail(try document(json), at: .present)

        #expect(detail.mainThreads.map(\.title) == ["#2"])
        #expect(detail.otherThreads.map(\.title) == ["idle #1"])
        #expect(detail.mainThreads[0].stack?.items.map(\.line) == ["+work"])
    }

    @Test func `a message that repeats the exception is not shown again`() throws {
        func detail(_ message: String) throws -> EventDetail {
            let json =
                #"{"exception": [{"type": "E", "value": "v"}], "logentry": {"formatted": "\#(message)"}}"#
            return EventDetail(try document(json), at: .present)
        }

        #expect(try detail("E: v").message == nil)
        #expect(try detail("another").message != nil)
    }

    @Test func `beside an exception all threads are folded`() throws {
        let detail = EventDetail(try document(SampleEvent.json), at: .present)

        #expect(detail.mainThreads.isEmpty)
        #expect(detail.otherThreads.count == 2)
    }

    @Test(arguments: [
        (#"{"logentry": {"formatted": "a 1", "message": "a %s", "params": [1]}}"#, "a 1", "a %s", 1),
        (#"{"logentry": {"message": "only"}}"#, "only", "", 0), (#"{"message": "old"}"#, "old", "", 0),
        (#"{"logentry": {"formatted": "x", "message": "x", "params": {"n": 2}}}"#, "x", "", 1),
    ])
    func `a message has its text, its template and its parameters`(
        json: String, formatted: String, template: String, parameters: Int
    ) throws {
        let message = try #require(MessagePart(document(json)))

        #expect(message.formatted == formatted)
        #expect(message.template == template)
        #expect(message.parameters.pairs.count == parameters)
    }
}
