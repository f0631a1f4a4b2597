// EnvelopeParser: the grammar, rule by rule, and its limits (protocol sections 6.1 and 25).

import FlycatcherWire
import TapeJSON
import Testing

@Suite struct EnvelopeParserTests {
    // MARK: The grammar

    @Test(arguments: ["{}", "{}\n", "{}\n\n", "{}\r\n"])
    func `an envelope without items is legal`(text: String) throws {
        #expect(try parse(text) == Envelope())
    }

    @Test func `an event needs neither length nor final newline`() throws {
        let envelope = try parse(
            #"{"event_id":"6b1f0c2d9a7e4c53b8d1e2f3a4b5c6d7"}"# + "\n{\"type\":\"event\"}\n{\"a\":1}")

        #expect(envelope.header.eventID == EventID("6b1f0c2d9a7e4c53b8d1e2f3a4b5c6d7"))
        #expect(envelope.kept == ["event": [#"{"a":1}"#]])
    }

    @Test(arguments: [
        "{}\n{\"type\":\"attachment\",\"length\":0}\n\n{\"type\":\"attachment\",\"length\":0}\n\n",
        "{}\n{\"type\":\"attachment\",\"length\":0}\n\n{\"type\":\"attachment\",\"length\":0}\n",
        "{}\n{\"type\":\"attachment\",\"length\":0}\n\n{\"type\":\"attachment\",\"length\":0}",
        "{}\n{\"type\":\"attachment\"}\n\n{\"type\":\"attachment\"}\n",
        "{}\n{\"type\":\"attachment\"}\n\n{\"type\":\"attachment\"}",
        "{}\n{\"type\":\"attachment\",\"length\":null}\n\n{\"type\":\"attachment\",\"length\":0}\n\n\n",
    ])
    func `two empty attachments are accepted however they end`(text: String) throws {
        #expect(try parse(text).kept == ["attachment": ["", ""]])
    }

    @Test func `a payload of known length may hold anything`() throws {
        let envelope = try parse(
            "{}\n{\"type\":\"a\",\"length\":5}\n\n{}\n\r\n{\"type\":\"b\",\"length\":2}\nhi\n")

        #expect(envelope.kept == ["a": ["\n{}\n\r"], "b": ["hi"]])
    }

    @Test func `a carriage return before the newline belongs to the payload`() throws {
        #expect(
            try parse("{}\n{\"type\":\"a\"}\nhi\r\n{\"type\":\"b\"}\n\r\n").kept == [
                "a": ["hi\r"], "b": ["\r"],
            ])
    }

    @Test func `an unknown type between two known ones hinders neither`() throws {
        let text =
            "{}\n{\"type\":\"a\"}\n1\n{\"type\":\"skip\",\"length\":3}\n{\n}\n{\"type\":\"b\",\"new\":[]}\n2\n"
        let envelope = try parse(text)

        #expect(envelope.items.map(\.header.type) == ["a", "skip", "b"])
        #expect(envelope.items.map(\.byteCount) == [1, 3, 1])
        #expect(envelope.items[1].payload == .skipped(byteCount: 3))
        #expect(envelope.kept == ["a": ["1"], "b": ["2"]])
    }

    @Test(arguments: [
        ("", EnvelopeError.empty),
        ("\n", .headerNotJSON(.envelopeHeader, .unexpectedEnd)),
        ("\n{}\n", .headerNotJSON(.envelopeHeader, .unexpectedEnd)),
        ("hello", .headerNotJSON(.envelopeHeader, .unexpectedByte(offset: 0))),
        ("[]\n", .headerNotObject(.envelopeHeader)),
        ("null", .headerNotObject(.envelopeHeader)),
        ("{\n}\n", .headerNotJSON(.envelopeHeader, .unexpectedEnd)),
        ("{}{}\n", .headerNotJSON(.envelopeHeader, .unexpectedByte(offset: 2))),
        ("{\"sent_at\":1,\"sent_at\":1}\n", .duplicateKey(.envelopeHeader, key: "sent_at")),
        ("{\"\\u0061\":1,\"a\":1}\n", .duplicateKey(.envelopeHeader, key: "a")),
        ("{}\nhello\n", .headerNotJSON(.itemHeader(1), .unexpectedByte(offset: 0))),
        ("{}\n[]\n", .headerNotObject(.itemHeader(1))),
        ("{}\n{}\n", .missingType(item: 1)),
        ("{}\n{\"type\":7}\n", .missingType(item: 1)),
        ("{}\n{\"type\":null}\n", .missingType(item: 1)),
        ("{}\n{\"type\":\"a\",\"type\":\"b\"}\n\n", .duplicateKey(.itemHeader(1), key: "type")),
        ("{}\n{\"type\":\"a\",\"length\":-1}\n\n", .invalidLength(item: 1)),
        ("{}\n{\"type\":\"a\",\"length\":1.0}\n\n", .invalidLength(item: 1)),
        ("{}\n{\"type\":\"a\",\"length\":\"1\"}\n\n", .invalidLength(item: 1)),
        ("{}\n{\"type\":\"a\",\"length\":99999999999999999999}\n\n", .invalidLength(item: 1)),
        ("{}\n{\"type\":\"a\",\"length\":5}\nhi\n", .payloadTooShort(item: 1, missing: 2)),
        ("{}\n{\"type\":\"a\",\"length\":5}\n", .payloadTooShort(item: 1, missing: 5)),
        ("{}\n{\"type\":\"a\",\"length\":5}", .payloadTooShort(item: 1, missing: 5)),
        ("{}\n{\"type\":\"a\",\"length\":1}\nhi\n", .payloadTooLong(item: 1, length: 1)),
        ("{}\n{\"type\":\"a\",\"length\":2}\nhi\r\n", .payloadTooLong(item: 1, length: 2)),
        ("{}\n{\"type\":\"a\",\"length\":0}\n{\"type\":\"b\"}\n", .payloadTooLong(item: 1, length: 0)),
        ("{}\n\n\n", .headerNotObject(.itemHeader(1))),
        ("{}\n\n{\"type\":\"a\"}\n\n", .headerNotObject(.itemHeader(1))),
        ("{}\n{\"type\":\"a\"}\nhi\n\n\n", .headerNotObject(.itemHeader(2))),
    ])
    func `a breach of the grammar is named`(text: String, error: EnvelopeError) {
        #expect(throws: error) { try parse(text) }
        #expect(!error.isTooLarge)
    }

    // MARK: Headers

    @Test func `every field of the header is read`() throws {
        let header = try parse(
            #"{"event_id":"6B1F0C2D-9A7E-4C53-B8D1-E2F3A4B5C6D7","dsn":"https://k@h/1","sent_at":"#
                + #""2026-03-01T10:00:00.120Z","sdk":{"name":"x","version":"1","packages":[]},"#
                + #""trace":{"trace_id":"t","sampled":true,"sample_rate":0.5,"odd":[],"none":null},"more":{}}"#
        ).header

        #expect(header.eventID?.description == "6b1f0c2d9a7e4c53b8d1e2f3a4b5c6d7")
        #expect(!header.hasInvalidEventID)
        #expect(header.dsn == "https://k@h/1")
        #expect(header.sentAt?.description == "2026-03-01T10:00:00.120000Z")
        #expect(header.sdkName == "x")
        #expect(header.sdkVersion == "1")
        #expect(header.trace == ["trace_id": "t", "sampled": "true", "sample_rate": "0.5"])
    }

    @Test func `fields of a wrong type count as absent`() throws {
        let header = try parse(#"{"event_id":null,"dsn":1,"sent_at":"soon","sdk":"x","trace":["a"]}"#).header

        #expect(header == EnvelopeHeader())
        #expect(try parse(#"{"sdk":{"name":1,"version":{}}}"#).header == EnvelopeHeader())
    }

    @Test(arguments: ["\"abc\"", "17", "{}", "\"\""])
    func `an event id that is none is told from a missing one`(id: String) throws {
        let header = try parse("{\"event_id\":\(id)}").header

        #expect(header.hasInvalidEventID)
        #expect(header.eventID == nil)
    }

    @Test func `every field of an item header is read`() throws {
        let text =
            #"{"type":"attachment","length":2,"content_type":"text/plain","filename":"../../x","#
            + #""attachment_type":"event.minidump","item_count":3}"#
        let header = try #require(parse("{}\n\(text)\nhi\n").items.first?.header)

        #expect(
            header
                == EnvelopeItemHeader(
                    type: "attachment", length: 2, contentType: "text/plain", filename: "../../x",
                    attachmentType: "event.minidump", itemCount: 3))
    }

    @Test func `the header is known before any item is read`() throws {
        var parser = EnvelopeParser { _ in .keep(limit: 10) }
        try parser.consume(Array("{\"dsn\":\"https://k@h/1\"}".utf8).span)
        #expect(parser.header == nil)

        try parser.consume(Array("\n{\"type\":".utf8).span)

        #expect(parser.header?.dsn == "https://k@h/1")
    }

    // MARK: Limits

    @Test(arguments: [
        "{}\n{\"type\":\"a\",\"length\":11}\n", "{}\n{\"type\":\"a\"}\n12345678901",
        "{}\n{\"type\":\"skip\",\"length\":11}\n", "{}\n{\"type\":\"skip\"}\n12345678901",
        "{}\n{\"type\":\"a\",\"length\":9223372036854775807}\n",
    ])
    func `an item beyond its limit is refused as soon as that is known`(text: String) {
        var parser = EnvelopeParser { .keepUnlessSkip($0, limit: 10) }
        let error = #expect(throws: EnvelopeError.self) { try parser.consume(Array(text.utf8).span) }

        #expect(error?.isTooLarge == true)
    }

    @Test func `an item at its limit is kept`() throws {
        #expect(
            try parse("{}\n{\"type\":\"a\",\"length\":10}\n1234567890", itemLimit: 10).kept == [
                "a": ["1234567890"]
            ])
        #expect(try parse("{}\n{\"type\":\"a\"}\n1234567890\n", itemLimit: 10).kept == ["a": ["1234567890"]])
    }

    @Test func `all kept payloads together are bounded, skipped ones are free`() throws {
        let item = { (type: String) in "{\"type\":\"\(type)\",\"length\":6}\n123456\n" }
        let limits = EnvelopeLimits(keptBytes: 10)

        #expect(throws: EnvelopeError.envelopeTooLarge(limit: 10)) {
            try parse("{}\n" + item("a") + item("b"), limits: limits)
        }
        #expect(try parse("{}\n" + item("skip") + item("b") + item("skip"), limits: limits).items.count == 3)
    }

    @Test func `header lines are bounded, whole or in pieces`() throws {
        let limits = EnvelopeLimits(headerLineBytes: 20)
        let header = "{\"a\":\"\(String(repeating: "x", count: 12))\"}"
        #expect(try parse(header + "\n", limits: limits) == Envelope())

        let long = EnvelopeError.headerTooLong(.itemHeader(1), limit: 20)
        #expect(throws: long) { try parse("{}\n{\"type\":\"0123456789\"}\n", limits: limits) }
        #expect(throws: long) { try parse("{}\n{\"type\":\"0123456789\"}\n", limits: limits, pieces: 1) }
    }

    @Test func `items are bounded`() throws {
        let item = "{\"type\":\"skip\"}\n\n"
        let text = { (count: Int) in "{}\n" + String(repeating: item, count: count) }

        #expect(try parse(text(1000)).items.count == 1000)
        #expect(throws: EnvelopeError.tooManyItems(limit: 1000)) { try parse(text(1001)) }
    }

    @Test func `members of the trace are bounded`() throws {
        let members = (0..<1000).map { "\"k\($0)\":\"v\"" }.joined(separator: ",")

        #expect(
            try parse("{\"trace\":{\(members)}}").header.trace.count == EnvelopeHeader.maximumTraceMembers)
    }

    @Test func `an error is final`() {
        var parser = EnvelopeParser { _ in .keep(limit: 10) }
        #expect(throws: EnvelopeError.headerNotObject(.envelopeHeader)) {
            try parser.consume(Array("[]\n".utf8).span)
        }

        #expect(throws: EnvelopeError.headerNotObject(.envelopeHeader)) {
            try parser.consume(Array("{}\n".utf8).span)
        }
        #expect(throws: EnvelopeError.headerNotObject(.envelopeHeader)) { try parser.finish() }
    }

    @Test func `what a stranger wrote shows in an error as one line of plain text`() {
        let type = "<b>\\n\\u0000é\\\"" + String(repeating: "x", count: 1000)
        let error = #expect(throws: EnvelopeError.self) {
            try parse("{}\n{\"type\":\"\(type)\",\"length\":99}\n", itemLimit: 10)
        }

        let text = "\(error.map(String.init(describing:)) ?? "")"
        #expect(text.hasPrefix("envelope too large: the item of type \"<b>????xxx"))
        #expect(text.utf8.count < 120)
    }
}
