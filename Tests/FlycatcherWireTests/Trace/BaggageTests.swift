// The header that carries sampling contexts, and what others say in it.

import FlycatcherWire
import Testing

@Suite struct BaggageTests {
    private func context(_ members: KeyValuePairs<String, String>) -> DynamicSamplingContext {
        var context = DynamicSamplingContext()
        for (name, value) in members { context[name] = value }
        return context
    }

    @Test func `members are read, in order, without blanks and properties`() {
        let baggage = Baggage(" other=1;ttl=5 , sentry-trace_id = abc,sentry-release=shop%401.4%2C2,x=")

        #expect(baggage.members.map(\.name) == ["other", "sentry-trace_id", "sentry-release", "x"])
        #expect(baggage["other"] == "1")
        #expect(baggage["sentry-trace_id"] == "abc")
        #expect(baggage["sentry-release"] == "shop@1.4,2")
        #expect(baggage["x"] == "")
        #expect(baggage["missing"] == nil)
    }

    @Test(arguments: ["", ",,,", "=", "=value", "name", ";", " , = ,", "%"])
    func `what is not of the form counts as nothing`(text: String) {
        #expect(Baggage(text).members.isEmpty)
        #expect(DynamicSamplingContext(Baggage(text)) == nil)
    }

    @Test(arguments: [
        ("a b", "a%20b"), ("GET /orders/:id", "GET%20%2Forders%2F%3Aid"),
        ("a,b;c=d\"\\%", "a%2Cb%3Bc%3Dd%22%5C%25"),
        ("Größe 😀", "Gr%C3%B6%C3%9Fe%20%F0%9F%98%80"), ("shop-1.4_2~x", "shop-1.4_2~x"),
        ("a\r\nb", "a%0D%0Ab"),
    ])
    func `values are percent-encoded on the way and read back`(value: String, encoded: String) {
        let member = Baggage.Member(name: "sentry-transaction", value: value)

        #expect(member.encodedValue == encoded)
        #expect(Baggage("sentry-transaction=\(encoded)")["sentry-transaction"] == value)
    }

    @Test func `a context is read from what is ours and written in its order`() throws {
        let context = try #require(
            DynamicSamplingContext(
                Baggage("a=1,sentry-sample_rate=0.25,sentry-trace_id=abc,sentry-new=x,b=2")))

        #expect(context.sampleRate == 0.25)
        #expect(context[.traceID] == "abc")
        #expect(context.baggage.headerValue == "sentry-sample_rate=0.25,sentry-trace_id=abc,sentry-new=x")
        #expect(context.envelopeTrace == ["sample_rate": "0.25", "trace_id": "abc", "new": "x"])
    }

    @Test func `members of others stay letter by letter, ours are replaced`() {
        let ours = context(["trace_id": "abc", "release": "a b"])

        let header = Baggage.header(adding: ours, to: "k=v%2c;p=1, sentry-trace_id=old ,z = q")

        #expect(header == "k=v%2c;p=1,z = q,sentry-trace_id=abc,sentry-release=a%20b")
        #expect(Baggage.header(adding: ours, to: nil) == "sentry-trace_id=abc,sentry-release=a%20b")
        #expect(Baggage.header(adding: DynamicSamplingContext(), to: nil) == nil)
        #expect(Baggage.header(adding: DynamicSamplingContext(), to: "k=v,sentry-a=b") == "k=v")
    }

    @Test func `when there are too many bytes ours go, the last first`() throws {
        let ours = context(["trace_id": "abc", "release": String(repeating: "r", count: 100), "org_id": "1"])
        let foreign = "k=" + String(repeating: "v", count: Baggage.maximumBytes - 50)

        let header = try #require(Baggage.header(adding: ours, to: foreign))

        #expect(header == "\(foreign),sentry-trace_id=abc")
        #expect(header.utf8.count <= Baggage.maximumBytes)
    }

    @Test func `when there are too many members ours go, and none of others`() {
        let foreign = (0..<63).map { "k\($0)=v" }.joined(separator: ",")
        let ours = context(["trace_id": "abc", "release": "r"])

        #expect(Baggage.header(adding: ours, to: foreign) == "\(foreign),sentry-trace_id=abc")
        #expect(Baggage.header(adding: ours, to: "\(foreign),last=v") == "\(foreign),last=v")
    }

    @Test func `a hostile header is read within bounds`() {
        let many = (0..<10_000).map { "k\($0)=v" }.joined(separator: ",")
        let long = "sentry-a=1,sentry-b=" + String(repeating: "x", count: 1 << 20)

        #expect(Baggage(many).members.count == Baggage.maximumMembers)
        #expect(Baggage(long).members.map(\.name) == ["sentry-a"])
    }
}
