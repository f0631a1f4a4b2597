// Short ways to read an envelope in tests: items of type `skip` are skipped, all others kept.

import FlycatcherWire

func parse(
    _ text: String, itemLimit: Int = 1000, limits: EnvelopeLimits = EnvelopeLimits(), pieces: Int = .max
) throws(EnvelopeError) -> Envelope {
    try parse(Array(text.utf8), itemLimit: itemLimit, limits: limits, pieces: pieces)
}

func parse(
    _ bytes: [UInt8], itemLimit: Int = 1000, limits: EnvelopeLimits = EnvelopeLimits(), pieces: Int = .max
) throws(EnvelopeError) -> Envelope {
    var parser = EnvelopeParser(limits: limits) { .keepUnlessSkip($0, limit: itemLimit) }
    var rest = bytes[...]
    while !rest.isEmpty {
        try parser.consume(Array(rest.prefix(pieces)).span)
        rest = rest.dropFirst(pieces)
    }
    return try parser.finish()
}

extension EnvelopeItemPolicy {
    static func keepUnlessSkip(_ header: EnvelopeItemHeader, limit: Int) -> EnvelopeItemPolicy {
        header.type == "skip" ? .skip(limit: limit) : .keep(limit: limit)
    }
}

extension Envelope {
    /// The kept payloads as texts, by type.
    var kept: [String: [String]] {
        var kept: [String: [String]] = [:]
        for item in items {
            guard case .kept(let bytes) = item.payload else { continue }
            kept[item.header.type, default: []].append(String(decoding: bytes, as: UTF8.self))
        }
        return kept
    }
}
