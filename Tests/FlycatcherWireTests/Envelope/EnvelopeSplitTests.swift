// EnvelopeParser does not care how its input is cut into pieces, however broken it is.

import FlycatcherWire
import Testing

@Suite struct EnvelopeSplitTests {
    static let samples = [
        #"{"event_id":"6b1f0c2d9a7e4c53b8d1e2f3a4b5c6d7","dsn":"https://k@h/1"}"# + "\n"
            + "{\"type\":\"event\",\"length\":9}\n{\"a\":\n\"b\"\n{\"type\":\"skip\"}\nunknown\r\n"
            + "{\"type\":\"attachment\",\"length\":0}\n\n{\"type\":\"session\"}\n{\"sid\":\"1\"}",
        "{}\n{\"type\":\"event\"}\n{}\n\n",
        "{}\n{\"type\":\"event\",\"length\":3}\nabcd\n",
        "{}\n{\"type\":\"event\",\"length\":30}\nabcd\n",
        "{}\n{\"type\":\"event\",\"length\":300}\nabcd\n",
        "{}\n{\"type\":\"event\"}\n\(String(repeating: "long", count: 50))\n",
        "{}\n\n\n{\"type\":\"event\"}\n",
        "{\"a\":1,\"a\":2}\n{\"type\":\"event\"}\n",
        "not an envelope at all",
    ]

    @Test(arguments: samples)
    func `each cut in two gives what the whole gives`(text: String) {
        let bytes = Array(text.utf8)
        let whole = outcome(bytes, cutAt: [])
        for cut in 0...bytes.count { #expect(outcome(bytes, cutAt: [cut]) == whole) }
    }

    @Test(arguments: samples)
    func `byte by byte gives what the whole gives`(text: String) {
        let bytes = Array(text.utf8)

        #expect(outcome(bytes, cutAt: Array(bytes.indices)) == outcome(bytes, cutAt: []))
    }

    @Test func `broken envelopes end alike however they are cut`() {
        var random = SplitMix64(seed: 0x5EED)
        for round in 0..<20_000 {
            let bytes = mutated(Array(Self.samples[round % Self.samples.count].utf8), using: &random)
            let cuts = (0..<Int.random(in: 0...4, using: &random)).map { _ in
                Int.random(in: 0...bytes.count, using: &random)
            }
            let (whole, pieces) = (outcome(bytes, cutAt: []), outcome(bytes, cutAt: cuts.sorted()))
            if whole != pieces { Issue.record("\(bytes) cut at \(cuts): \(whole) became \(pieces)") }
        }
    }

    private func outcome(_ bytes: [UInt8], cutAt cuts: [Int]) -> Result<Envelope, EnvelopeError> {
        var parser = EnvelopeParser(limits: EnvelopeLimits(headerLineBytes: 80, items: 4, keptBytes: 150)) {
            .keepUnlessSkip($0, limit: 100)
        }
        do throws(EnvelopeError) {
            for (start, end) in zip([0] + cuts, cuts + [bytes.count]) {
                try parser.consume(bytes.span.extracting(start..<end))
            }
            return .success(try parser.finish())
        } catch {
            return .failure(error)
        }
    }

    private func mutated(_ bytes: [UInt8], using random: inout SplitMix64) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...3, using: &random) where !bytes.isEmpty {
            let index = Int.random(in: bytes.indices, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes[index] = Array("\n\r{}[]\":,019 \\".utf8).randomElement(using: &random) ?? 0
            case 1: bytes[index] = UInt8.random(in: 0...255, using: &random)
            case 2: bytes.remove(at: index)
            default: bytes.insert(UInt8(ascii: "\n"), at: index)
            }
        }
        return bytes
    }
}
