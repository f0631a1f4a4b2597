// The parts of an event that are names and values.

import Testing

@testable import Web

struct EventSectionsTests {
    @Test(arguments: [
        #"[["a", "1"], ["b", "2"]]"#, #"{"a": "1", "b": "2"}"#,
        #"[{"key": "a", "value": "1"}, {"key": "b", "value": "2"}]"#,
    ])
    func `tags are read in every shape`(tags: String) throws {
        let event = try document(#"{"tags": "# + tags + "}")

        #expect(event.tags().pairs == [Pair(name: "a", value: "1"), Pair(name: "b", value: "2")])
    }

    @Test func `nested values are compact JSON, up to a length`() throws {
        let long = String(repeating: "x", count: 5000)
        let event = try document(#"{"extra": {"a": {"b": [1, null, true]}, "c": ["\#(long)"]}}"#)
        let pairs = try #require(event.extraSection()).list.pairs

        #expect(pairs[0].value == #"{"b":[1,null,true]}"#)
        #expect(pairs[1].value.utf8.count == EventDocument.maximumTextLength + "…".utf8.count)
    }

    @Test func `10,000 values say how many are not shown`() throws {
        let values = (0..<10_000).map { #""k\#($0)": \#($0)"# }.joined(separator: ",")
        let list = try #require(document(#"{"extra": {\#(values)}}"#).extraSection()).list

        #expect(list.pairs.count == 250)
        #expect(list.omitted == 9750)
    }

    @Test func `contexts, flags among them, have a section each`() throws {
        let sections = try document(SampleEvent.json).contextSections()

        #expect(sections.map(\.title) == ["runtime", "os", "flags", "trace"])
        #expect(
            sections[0].list.pairs == [
                Pair(name: "name", value: "CPython"), Pair(name: "version", value: "3.13.1"),
            ])
        #expect(sections[2].list.pairs == [Pair(name: "fast-cart", value: "true")])
    }

    @Test func `a type that the name of a context says already is left out`() throws {
        let sections = try document(
            #"{"contexts": {"client_os": {"type": "os", "name": "Linux"}, "big": {"type": "os", "name": "z/OS"}}}"#
        ).contextSections()

        #expect(sections.map { $0.list.pairs.map(\.name) } == [["name"], ["type", "name"]])
    }

    @Test(arguments: ["null", "5", #""x""#, "[]", #"{"a": null, "b": 5, "c": "text", "d": [1], "e": {}}"#])
    func `odd contexts are shown or left out, never lost in a trap`(contexts: String) throws {
        let sections = try document(#"{"contexts": "# + contexts + "}").contextSections()

        #expect(sections.allSatisfy { !$0.list.isEmpty })
    }

    @Test func `what was changed on the way is told with its place`() throws {
        let notes = try document(SampleEvent.json).processingNotes().pairs

        #expect(
            notes == [
                Pair(name: "dist", value: "invalid_data, value: a b"),
                Pair(name: "request.headers.1.1", value: "changed by rule @password:filter, was 24 long"),
            ])
    }

    @Test func `a field that nobody knows is shown with the event's own`() throws {
        let pairs = try #require(document(SampleEvent.json).eventSection()).list.pairs

        #expect(pairs.contains(Pair(name: "some_future_field", value: #"{"a":1}"#)))
        #expect(pairs.contains(Pair(name: "timestamp", value: "2026-03-01 09:58:00 UTC")))
    }

    @Test func `long lists are folded, short parts are open`() async throws {
        let html = try await Rendered.issuePage(SampleEvent.json)

        #expect(html.contains("<h2>Modules</h2><details class=\"fold\"><summary>Show 3</summary>"))
        #expect(html.contains("<h2>Extra</h2><dl class=\"pairs\">"))
    }
}
