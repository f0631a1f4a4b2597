// Tests the heads of files in archives.

import Testing

@testable import FlycatcherServer

@Suite struct TarHeaderTests {
    @Test(arguments: [0, 1, 511, 512, 8_589_934_591, 8_589_934_592, 1 << 40])
    func `a head comes back as it was written`(size: Int) throws {
        let header = TarHeader(name: "files/ab/abcdef.bin", size: size, modifiedAt: 1_772_359_200)

        #expect(TarHeader(block: try #require(header.block)) == header)
        #expect((size + TarHeader.padding(after: size)) % 512 == 0)
    }

    @Test func `a name that is too long is refused`() {
        #expect(TarHeader(name: String(repeating: "x", count: 101), size: 1).block == nil)
    }

    @Test(arguments: [0, 124, 148, 156, 345])
    func `a head with a wrong byte is none`(offset: Int) throws {
        var block = try #require(TarHeader(name: "flycatcher.sqlite", size: 4096).block)
        block[offset] ^= 0x11

        #expect(TarHeader(block: block) == nil)
    }
}
