// An envelope reads the same in pieces of any size, and so does what is written of it; its events go on their way.

import FlycatcherWire

enum EnvelopeTarget {
    private static let limits = EnvelopeLimits(headerLineBytes: 4096, items: 50, keptBytes: 1 << 20)
    private static let itemLimit = 1 << 18

    static func complaint(about bytes: [UInt8]) -> String? {
        let whole = parse(bytes, pieceSize: max(bytes.count, 1))
        for pieceSize in [1, 7, 64] where parse(bytes, pieceSize: pieceSize) != whole {
            return "in pieces of \(pieceSize) bytes it is another envelope"
        }
        guard case .success(let envelope) = whole else { return nil }
        let written = envelope.serialized()
        guard case .success(let again) = parse(written, pieceSize: written.count) else {
            return "what it writes does not read"
        }
        guard again.items.map(\.payload) == envelope.items.map(\.payload),
            again.header.eventID == envelope.header.eventID
        else { return "what it writes reads as another envelope" }
        return EventTarget.complaint(about: envelope)
    }

    private static func parse(_ bytes: [UInt8], pieceSize: Int) -> Result<Envelope, EnvelopeError> {
        Result { () throws(EnvelopeError) in
            var parser = EnvelopeParser(limits: limits) { _ in .keep(limit: itemLimit) }
            var index = 0
            while index < bytes.count {
                let end = min(index + pieceSize, bytes.count)
                try parser.consume(bytes.span.extracting(index..<end))
                index = end
            }
            return try parser.finish()
        }
    }
}
