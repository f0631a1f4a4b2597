// Shapes of entries, and values in every form.

import Testing

@testable import Symbols

@Suite struct AbbreviationTests {
    private static let four = Encoding(version: 4, offsetSize: 4)

    private func table(_ bytes: [UInt8]) -> AbbreviationTable {
        bytes.withBytes { AbbreviationTable($0, at: 0, Self.four) }
    }

    @Test func `shapes are found by their number, whether it counts up or not`() throws {
        let table = table([
            1, 0x11, 1, 3, 8, 0, 0, 2, 0x2E, 0, 0x11, 1, 0, 0, 77, 0x1D, 0, 0x3A, 0x0B, 0, 0, 0,
        ])

        #expect(table.abbreviation(1)?.tag == 0x11)
        #expect(table.abbreviation(1)?.hasChildren == true)
        #expect(table.abbreviation(2)?.tag == 0x2E)
        #expect(table.abbreviation(77)?.tag == 0x1D)
        #expect(
            table.abbreviation(0) == nil && table.abbreviation(78) == nil && table.abbreviation(.max) == nil)
    }

    @Test func `the size of entries is known where it does not vary`() {
        let table = table([1, 0x11, 0, 0x11, 1, 3, 0x0E, 0x3A, 0x0B, 0, 0, 2, 0x11, 0, 3, 8, 0, 0, 0])

        #expect(table.abbreviation(1)?.size == 13)
        #expect(table.abbreviation(2)?.size == nil)
    }

    @Test func `a table that ends too early is read as far as it goes`() {
        #expect(table([]).abbreviation(1) == nil)
        #expect(table([1, 0x11, 1, 3]).abbreviation(1)?.tag == 0x11)
        #expect(table([UInt8](repeating: 0xFF, count: 50)).abbreviation(1) == nil)
    }

    @Test(
        arguments: [
            (0x01, 8), (0x03, 4), (0x04, 6), (0x05, 2), (0x06, 4), (0x07, 8), (0x08, 3), (0x09, 3), (0x0A, 3),
            (0x0B, 1), (0x0C, 1), (0x0D, 1), (0x0E, 4), (0x0F, 1), (0x10, 4), (0x11, 1), (0x12, 2), (0x13, 4),
            (0x14, 8), (0x15, 1), (0x17, 4), (0x18, 3), (0x19, 0), (0x1A, 1), (0x1B, 1), (0x1E, 16),
            (0x1F, 4),
            (0x20, 8), (0x21, 0), (0x22, 1), (0x23, 1), (0x25, 1), (0x26, 2), (0x27, 3), (0x28, 4), (0x29, 1),
            (0x2A, 2), (0x2B, 3), (0x2C, 4), (0x1F01, 1), (0x1F02, 1), (0x1F20, 4), (0x1F21, 4),
        ] as [(UInt16, Int)])
    func `every form is read and skipped to the same place`(form: UInt16, size: Int) {
        // As a block: its length is two in each form of a length; as a text: two characters.
        let bytes: [UInt8] =
            switch form {
            case 0x03: [2, 0, 7, 7, 9]
            case 0x04: [2, 0, 0, 0, 7, 7, 9]
            case 0x08: [65, 66, 0, 9]
            default: [2, 7, 7] + [UInt8](repeating: 0, count: 20)
            }

        bytes.read { reader in
            Form.skip(form, Self.four, &reader)
            #expect(reader.position == size && !reader.isBroken)
        }
        bytes.read { reader in
            _ = Form.read(form, Self.four, unit: 0, constant: 0, &reader)
            #expect(reader.position == size && !reader.isBroken)
        }
    }

    @Test func `a form that nobody knows breaks the reading`() {
        for bytes: [UInt8] in [[0x16, 0x16, 0x16], [0x7F]] {
            bytes.read { reader in
                Form.skip(bytes[0] == 0x16 ? 0x16 : 0x7777, Self.four, &reader)
                #expect(reader.isBroken)
            }
        }
    }
}
