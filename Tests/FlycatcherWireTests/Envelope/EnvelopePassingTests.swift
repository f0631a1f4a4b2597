// What is handed on while an envelope is read.

import FlycatcherWire
import Testing

@Suite struct EnvelopePassingTests {
    private let envelope =
        "{}\n{\"type\":\"event\"}\n{}\n{\"type\":\"attachment\",\"length\":9,\"filename\":\"a\"}\nab\n{}\n{\"\n\n"
        + "{\"type\":\"attachment\",\"length\":0}\n\n{\"type\":\"attachment\"}\nline\n"

    private func pieces(
        of text: String, cutAt place: Int, limit: Int = 100
    ) throws -> ([Int: String], Envelope) {
        var parser = EnvelopeParser { $0.type == "attachment" ? .pass(limit: limit) : .keep(limit: 100) }
        var passed: [Int: [UInt8]] = [:]
        let bytes = Array(text.utf8)
        for part in [bytes[..<place], bytes[place...]] {
            try parser.consume(Array(part).span)
            for piece in parser.takePassed() {
                #expect(!piece.bytes.isEmpty && piece.header.type == "attachment")
                passed[piece.item, default: []] += piece.bytes
            }
        }
        return (passed.mapValues { String(decoding: $0, as: UTF8.self) }, try parser.finish())
    }

    @Test func `passed payloads come out whole wherever the envelope is cut`() throws {
        for place in 0...envelope.utf8.count {
            let (passed, envelope) = try pieces(of: envelope, cutAt: place)

            #expect(passed == [1: "ab\n{}\n{\"\n", 3: "line"], "cut at \(place)")
            #expect(
                envelope.items.map(\.payload) == [
                    .kept(Array("{}".utf8)), .skipped(byteCount: 9), .skipped(byteCount: 0),
                    .skipped(byteCount: 4),
                ])
        }
    }

    @Test func `a passed payload has its limit`() throws {
        #expect(throws: EnvelopeError.self) { try pieces(of: envelope, cutAt: 0, limit: 8) }
    }

    @Test func `what was taken is not given again`() throws {
        var parser = EnvelopeParser { _ in .pass(limit: 100) }
        try parser.consume(Array("{}\n{\"type\":\"a\"}\nabc\n".utf8).span)

        #expect(parser.takePassed().map(\.bytes) == [Array("abc".utf8)])
        #expect(parser.takePassed().isEmpty)
    }
}
