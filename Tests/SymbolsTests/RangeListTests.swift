// Code that lies in several places, in the two forms of DWARF.

import Testing

@testable import Symbols

@Suite struct RangeListTests {
    private func ranges(
        _ sections: MadeUpSections, version: UInt16, base: UInt64 = 0x1000, at offset: UInt64 = 0
    ) -> [Range<UInt64>] {
        sections.read { sections in
            var ranges: [Range<UInt64>] = []
            RangeList(sections, .madeUp(version: version, base: base)).forEach(at: offset) {
                ranges.append($0)
                return true
            }
            return ranges
        }
    }

    private func old(_ pairs: (UInt64, UInt64)...) -> MadeUpSections {
        MadeUpSections(
            ranges: pairs.flatMap { [UInt8].number($0.0, bytes: 8) + [UInt8].number($0.1, bytes: 8) })
    }

    @Test func `pairs are counted from the unit's address until one of two zeros`() {
        #expect(
            ranges(old((0x10, 0x20), (0x30, 0x31), (0, 0), (1, 2)), version: 4)
                == [0x1010..<0x1020, 0x1030..<0x1031])
    }

    @Test func `a pair may set the address to count from`() {
        #expect(ranges(old((.max, 0x5000), (0x10, 0x20), (0, 0)), version: 4) == [0x5010..<0x5020])
    }

    @Test func `what the linker dropped and what is upside down is left out`() {
        #expect(ranges(old((0, 5), (1, 9), (0x30, 0x20), (7, 7), (0, 0)), version: 4, base: 0) == [])
        #expect(ranges(old((.max - 2, .max - 1)), version: 4, base: 0x10) == [0xD..<0xE])
    }

    @Test func `a list that does not end, or is elsewhere, is read as far as it goes`() {
        #expect(ranges(old((0x10, 0x20)), version: 4) == [0x1010..<0x1020])
        #expect(ranges(old((0x10, 0x20)), version: 4, at: 1 << 40) == [])
        #expect(ranges(old((0x10, 0x20)), version: 4, at: .max) == [])
    }

    @Test func `every kind of version 5 is read`() {
        var list: [UInt8] = [4] + .variable(0x10) + .variable(0x200)
        list += [5] + .number(0x8000, bytes: 8) + [4] + .variable(0) + .variable(4)
        list += [1] + .variable(0) + [4] + .variable(1) + .variable(2)
        list += [2] + .variable(0) + .variable(1) + [3] + .variable(1) + .variable(0x10)
        list += [6] + .number(0x100, bytes: 8) + .number(0x180, bytes: 8)
        list += [7] + .number(0x200, bytes: 8) + .variable(0x80) + [0, 7, 7, 7]
        let addresses =
            [UInt8](repeating: 0, count: 8) + .number(0x4000, bytes: 8) + .number(0x6000, bytes: 8)

        #expect(
            ranges(MadeUpSections(addresses: addresses, rangeLists: list), version: 5) == [
                0x1010..<0x1200, 0x8000..<0x8004, 0x4001..<0x4002, 0x4000..<0x6000, 0x6000..<0x6010,
                0x100..<0x180, 0x200..<0x280,
            ])
    }

    @Test func `an unknown kind ends a list`() {
        #expect(ranges(MadeUpSections(rangeLists: [99, 4, 1, 2, 0]), version: 5) == [])
    }
}
