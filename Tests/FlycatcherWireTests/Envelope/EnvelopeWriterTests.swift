// EnvelopeWriter: exactly the bytes that clients send, and they read back.

import FlycatcherWire
import Testing

@Suite struct EnvelopeWriterTests {
    @Test func `headers are compact, lengths are always written, a newline ends it`() throws {
        var writer = EnvelopeWriter(
            header: EnvelopeHeader(
                eventID: EventID("6b1f0c2d9a7e4c53b8d1e2f3a4b5c6d7"), dsn: "https://k@h.example/1",
                sentAt: Timestamp("2026-03-01T10:00:00.12Z"), sdkName: "flycatcher.swift",
                sdkVersion: "0.1.0",
                trace: ["trace_id": "t", "environment": "a\"b"]))
        writer.append(EnvelopeItemHeader(type: "event", length: 99), payload: Array("{}".utf8))
        writer.append(
            EnvelopeItemHeader(
                type: "attachment", contentType: "text/plain", filename: "ü.txt", attachmentType: "x",
                itemCount: 2),
            payload: [])

        let expected =
            #"{"event_id":"6b1f0c2d9a7e4c53b8d1e2f3a4b5c6d7","dsn":"https://k@h.example/1","#
            + #""sent_at":"2026-03-01T10:00:00.120000Z","sdk":{"name":"flycatcher.swift","version":"0.1.0"},"#
            + #""trace":{"environment":"a\"b","trace_id":"t"}}"# + "\n"
            + "{\"type\":\"event\",\"length\":2}\n{}\n"
            + #"{"type":"attachment","length":0,"content_type":"text/plain","filename":"ü.txt","#
            + #""attachment_type":"x","item_count":2}"# + "\n\n"
        #expect(String(decoding: writer.bytes, as: UTF8.self) == expected)
    }

    @Test func `an empty header is an empty object`() {
        #expect(Envelope().serialized() == Array("{}\n".utf8))
    }

    @Test func `what is written reads back, with newlines in every place`() throws {
        let envelope = Envelope(
            header: EnvelopeHeader(
                eventID: EventID(), dsn: "a\nb", sentAt: Timestamp(microseconds: 1), sdkName: "\n"),
            items: [
                EnvelopeItem(
                    header: EnvelopeItemHeader(type: "x\ny", length: 3), payload: .kept([10, 10, 10])),
                EnvelopeItem(
                    header: EnvelopeItemHeader(type: "b", length: 4), payload: .kept([0, 255, 13, 10])),
                EnvelopeItem(header: EnvelopeItemHeader(type: "c", length: 0), payload: .kept([])),
            ])

        #expect(try parse(envelope.serialized()) == envelope)
    }

    @Test func `payloads that were skipped are left out`() throws {
        let envelope = try parse("{}\n{\"type\":\"skip\"}\nx\n{\"type\":\"a\"}\ny\n")

        #expect(
            String(decoding: envelope.serialized(), as: UTF8.self) == "{}\n{\"type\":\"a\",\"length\":1}\ny\n"
        )
    }

    @Test func `a taken payload leaves nothing behind`() throws {
        var item = EnvelopeItem(header: EnvelopeItemHeader(type: "a"), payload: .kept([1, 2]))
        var skipped = EnvelopeItem(header: EnvelopeItemHeader(type: "a"), payload: .skipped(byteCount: 2))

        #expect(item.take() == [1, 2])
        #expect(item.payload == .kept([]))
        #expect(skipped.take() == nil)
    }
}
