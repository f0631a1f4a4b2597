// Numbers as ELF and DWARF write them, and what is read beyond the end.

import Testing

@testable import Symbols

@Suite struct ByteReaderTests {
    @Test(
        arguments: [
            ([0x00], 0), ([0x7F], 127), ([0x80, 0x01], 128), ([0xE5, 0x8E, 0x26], 624_485),
            ([0x80, 0x80, 0x00], 0), ([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01], .max),
        ] as [([UInt8], UInt64)])
    func `numbers in base 128 are read`(bytes: [UInt8], number: UInt64) {
        bytes.read { reader in
            #expect(reader.variableNumber() == number)
            #expect(reader.isAtEnd && !reader.isBroken)
        }
    }

    @Test(
        arguments: [
            ([0x00], 0), ([0x02], 2), ([0x7E], -2), ([0xFF, 0x00], 127), ([0x81, 0x7F], -127),
            ([0x80, 0x7F], -128), ([0xC0, 0xBB, 0x78], -123_456),
            ([0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x7F], .min),
        ] as [([UInt8], Int64)])
    func `numbers in base 128 may have a sign`(bytes: [UInt8], number: Int64) {
        bytes.read { reader in
            #expect(reader.signedVariableNumber() == number)
            #expect(reader.isAtEnd && !reader.isBroken)
        }
    }

    @Test(
        arguments: [
            [], [0x80], [0xFF, 0xFF], [UInt8](repeating: 0x80, count: 100),
        ] as [[UInt8]])
    func `numbers that do not end are zero and break the reading`(bytes: [UInt8]) {
        bytes.read { #expect($0.variableNumber() == 0 && $0.isBroken) }
        bytes.read { #expect($0.signedVariableNumber() == 0 && $0.isBroken) }
    }

    @Test func `numbers of fixed size have their lowest byte first`() {
        let bytes: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8]

        for (count, number) in [(0, 0), (1, 1), (2, 0x201), (3, 0x3_0201), (4, 0x403_0201)] {
            bytes.read { #expect($0.number(bytes: count) == UInt64(number)) }
        }
        bytes.read { #expect($0.number(bytes: 8) == 0x807_0605_0403_0201) }
    }

    @Test func `beyond the end everything is zero`() {
        [1, 2, 3].read { reader in
            #expect(reader.number(bytes: 4) == 0)
            #expect(reader.isBroken && reader.isAtEnd)
            #expect(reader.byte() == 0)
        }
        [1].read { reader in
            reader.skip(UInt64.max)
            #expect(reader.isBroken)
        }
        [1].read { reader in
            reader.move(to: -1)
            #expect(reader.isBroken)
        }
        [1, 2].read { reader in
            reader.skipText()
            #expect(reader.isBroken)
        }
    }

    @Test func `a part never reaches beyond its whole`() {
        [UInt8](repeating: 65, count: 4).withBytes { bytes in
            #expect(bytes.part(at: 1, count: 3).count == 3)
            #expect(bytes.part(at: 1, count: 4).count == 0)
            #expect(bytes.part(at: 5, count: 0).count == 0)
            #expect(bytes.part(at: -1, count: 2).count == 0)
            #expect(bytes.part(at: 2, count: .max).count == 0)
            #expect(bytes.text(at: 0) == nil)
        }
        [65, 66, 0].withBytes { #expect($0.text(at: 0) == "AB" && $0.text(at: 3) == nil) }
    }
}
