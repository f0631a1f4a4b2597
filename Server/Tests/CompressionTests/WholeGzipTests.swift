// Small gzip bodies at once, and what is left to the decoder of pieces.

import Testing

@testable import Compression

@Suite struct WholeGzipTests {
    @Test func `a small file is unpacked in one piece`() {
        #expect(unpackWhole(Packed.sample("gzip")) == Packed.text)
    }

    @Test func `a decoder is used again and again`() {
        for _ in 0..<20 { #expect(unpackWhole(Packed.sample("gzip")) == Packed.text) }
    }

    @Test func `what is no single sound file is left alone`() {
        let file = Packed.sample("gzip")
        var corrupt = file
        corrupt[corrupt.count - 8] ^= 1

        #expect(unpackWhole([]) == nil)
        #expect(unpackWhole(Array(file.dropLast())) == nil)
        #expect(unpackWhole(file + [0]) == nil)
        #expect(unpackWhole(corrupt) == nil)
        #expect(unpackWhole(Packed.sample("gzip-two-members")) == nil)
        #expect(unpackWhole(Packed.sample("zlib")) == nil)
        #expect(unpackWhole(Array(repeating: 0x1F, count: WholeGzip.packedLimit + 1)) == nil)
    }

    @Test func `what the receiver throws comes through`() {
        struct Refusal: Error {}

        #expect(throws: Refusal.self) {
            try Packed.sample("gzip").withUnsafeBytes { packed in
                try WholeGzip.unpack(packed) { _ throws in throw Refusal() }
            }
        }
    }

    private func unpackWhole(_ packed: [UInt8]) -> [UInt8]? {
        packed.withUnsafeBytes { packed in
            WholeGzip.unpack(packed) { piece in piece.indices.map { piece[$0] } }
        }
    }
}
