// Every encoding, whole and in pieces, and what is refused.

import Testing

@testable import Compression

/// Packed forms of `"flycatcher " * 1000`, made with the reference tools, and of nothing.
enum Packed {
    static let text = Array(String(repeating: "flycatcher ", count: 1000).utf8)

    static func sample(_ name: String) -> [UInt8] {
        var bytes: [UInt8] = []
        var digits = Array((samples[name] ?? "").utf8)[...]
        while let high = digits.popFirst(), let low = digits.popFirst() {
            bytes.append(nibble(high) << 4 | nibble(low))
        }
        return bytes
    }

    private static func nibble(_ digit: UInt8) -> UInt8 {
        digit < 0x3A ? digit - 0x30 : digit - 0x57
    }

    private static let samples = [
        "gzip":
            "1f8b0800000000000203edc6a10d00200c00b057788d2c5b102882d9f7bc8168556b77cc1b2bcf285555555555"
            + "555555555555555555555555555555d55ffb004a9a423bf82a0000",
        "gzip-two-members":
            "1f8b0800000000000203edc6a10d00200c00b057788d2c5b102882d9f73c816c556b77cc1b2bcf285555555555"
            + "5555555555fdd307febad9ac7c1500001f8b0800000000000203edc6a10d00200c00b057788d2c5b102882d9f7"
            + "3c816c556b77cc1b2bcf2855555555555555555555fdd307febad9ac7c150000",
        "zlib":
            "789cedc6a10d00200c00b057788d2c5b102882d9f7bc8168556b77cc1b2bcf2855555555555555555555555555"
            + "55555555555555d55ffb006d49ae79",
        "raw":
            "edc6a10d00200c00b057788d2c5b102882d9f7bc8168556b77cc1b2bcf28555555555555555555555555555555"
            + "5555555555d55ffb00",
        "br": "1ff72af825cdd8f26a93c32a009de82ff9540400",
        "zstd": "28b52ffd04589d000058666c7963617463686572200100eaca7cf1027f2d96e7",
        "br-16-MiB-of-zeros":
            "c7ffff0ff82700e2b14020f7fe83ffff1ff04f00c4611180eefd07ffff3fe09f0088c30200ddfb0ffeff7fc03f0110870500baf71ffcffff807f02200e0b0074ef3ff8ffff01ff04401c1600e8de7ff0ffff03fe0980382c00d0bdffe0ffff07fc1300715800a07bff31",
        "zstd-window-128-MiB": "28b52ffd0088010000",
    ]
}

/// Unpacks a body that comes in pieces of the given size.
func unpack(_ bytes: [UInt8], _ encoding: ContentEncoding, pieces: Int = .max) throws -> [UInt8] {
    let decoder = try StreamDecoder(encoding)
    var out: [UInt8] = []
    var rest = bytes[...]
    while !rest.isEmpty {
        let piece = Array(rest.prefix(pieces))
        rest = rest.dropFirst(pieces)
        try piece.withUnsafeBytes { raw in
            try decoder.decode(raw) { unpacked in
                for index in unpacked.indices { out.append(unpacked[index]) }
            }
        }
    }
    try decoder.finish()
    return out
}

@Suite struct StreamDecoderTests {
    static let forms: [(String, ContentEncoding)] = [
        ("gzip", .gzip), ("gzip-two-members", .gzip), ("zlib", .deflate), ("raw", .deflate), ("br", .brotli),
        ("zstd", .zstd),
    ]

    @Test(arguments: forms) func `a body unpacks whole and byte by byte`(
        form: (String, ContentEncoding)
    ) throws {
        let packed = Packed.sample(form.0)

        #expect(try unpack(packed, form.1) == Packed.text)
        #expect(try unpack(packed, form.1, pieces: 1) == Packed.text)
        #expect(try unpack(packed, form.1, pieces: 7) == Packed.text)
    }

    @Test func `an unpacked body passes through`() throws {
        #expect(try unpack(Packed.text, .identity, pieces: 100) == Packed.text)
    }

    @Test(arguments: forms) func `a body that ends too early is refused`(
        form: (String, ContentEncoding)
    ) throws {
        let packed = Packed.sample(form.0).dropLast(5)

        #expect(throws: DecompressionError.truncated(form.1)) { try unpack(Array(packed), form.1) }
        #expect(throws: DecompressionError.truncated(form.1)) { try unpack([], form.1) }
    }

    @Test(arguments: [ContentEncoding.gzip, .deflate, .brotli, .zstd])
    func `noise is refused`(encoding: ContentEncoding) throws {
        let noise = (0..<1000).map { UInt8(truncatingIfNeeded: $0 * 7919 + 255) }

        #expect(throws: DecompressionError.corrupt(encoding)) { try unpack(noise, encoding) }
    }

    @Test(arguments: forms.filter { $0.0 != "gzip-two-members" })
    func `bytes behind the end are refused`(form: (String, ContentEncoding)) throws {
        let packed = Packed.sample(form.0) + Array("tail".utf8)

        #expect(throws: DecompressionError.corrupt(form.1)) { try unpack(packed, form.1) }
    }

    @Test func `the caller stops a bomb at its first piece too many`() throws {
        struct Enough: Error {}
        let decoder = try StreamDecoder(.brotli)
        var seen = 0

        #expect(throws: Enough.self) {
            try Packed.sample("br-16-MiB-of-zeros").withUnsafeBytes { raw in
                try decoder.decode(raw) { piece in
                    seen += piece.count
                    if seen > 1_000_000 { throw Enough() }
                }
            }
        }
        #expect(seen < 1_100_000)
    }

    @Test func `a zstd window beyond 8 MiB is refused`() throws {
        #expect(throws: DecompressionError.corrupt(.zstd)) {
            try unpack(Packed.sample("zstd-window-128-MiB"), .zstd)
        }
    }

    @Test func `an inflater is as good as new after a broken body`() throws {
        for _ in 0..<50 {
            #expect(throws: DecompressionError.self) {
                try unpack([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 255], .gzip)
            }
            #expect(try unpack(Packed.sample("gzip"), .gzip) == Packed.text)
            #expect(try unpack(Packed.sample("raw"), .deflate) == Packed.text)
        }
    }
}

@Suite struct ContentEncodingTests {
    @Test(arguments: [
        ("gzip", ContentEncoding.gzip), ("GZIP", .gzip), ("x-gzip", .gzip), (" br ", .brotli),
        ("zstd", .zstd),
        ("deflate", .deflate), ("identity", .identity), ("", .identity), ("none", .identity),
    ])
    func `a known encoding is read in any case`(form: (String, ContentEncoding)) {
        #expect(ContentEncoding(header: form.0) == form.1)
    }

    @Test(arguments: ["compress", "gzip, br", "snappy"]) func `any other is not`(header: String) {
        #expect(ContentEncoding(header: header) == nil)
    }
}

@Suite struct ZstdTests {
    @Test(arguments: [0, 1, 1000, 11_000]) func `what was packed comes back`(count: Int) throws {
        let text = Array(Packed.text.prefix(count))

        #expect(try Zstd.decompress(Zstd.compress(text), limit: 20_000) == text)
    }

    @Test func `a frame beyond the limit is refused before it is unpacked`() {
        let packed = Zstd.compress(Packed.text)

        #expect(throws: DecompressionError.tooLarge(limit: 10_999)) {
            try Zstd.decompress(packed, limit: 10_999)
        }
    }

    @Test func `what is no frame is refused`() {
        #expect(throws: DecompressionError.corrupt(.zstd)) { try Zstd.decompress([1, 2, 3], limit: 100) }
        #expect(throws: DecompressionError.corrupt(.zstd)) {
            try Zstd.decompress(Array(Zstd.compress(Packed.text).dropLast(3)), limit: 20_000)
        }
    }
}
