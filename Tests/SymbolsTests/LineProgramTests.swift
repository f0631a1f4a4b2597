// The programs that write tables of lines.

import Testing

@testable import Symbols

@Suite struct LineProgramTests {
    /// The head of version 4, of which two folders and two files are known, and a program behind it.
    private func lines(_ program: [UInt8], lineRange: UInt8 = 14, firstSpecial: UInt8 = 13) -> [UInt8] {
        let counts: [UInt8] = [0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1]
        let head: [UInt8] =
            [1, 1, 1, 0xFB, lineRange, firstSpecial] + counts + .text("/src") + .text("lib") + [0]
            + .text("main.swift") + [1, 0, 0] + .text("/abs/other.swift") + [0, 0, 0] + [0]
        let body = [UInt8].number(4, bytes: 2) + .number(UInt64(head.count), bytes: 4) + head + program
        return .number(UInt64(body.count), bytes: 4) + body
    }

    private func setAddress(_ address: UInt64) -> [UInt8] {
        [0, 9, 2] + .number(address, bytes: 8)
    }

    private static let end: [UInt8] = [0, 1, 1]

    private func found(_ lines: [UInt8], _ addresses: [UInt64]) -> [SourceLine?]? {
        MadeUpSections(lines: lines).read { LineProgram($0, at: 0)?.lines(at: addresses) }
    }

    @Test func `an address belongs to the row before it`() {
        // Line 10 from 0x100, by a special operation line 12 from 0x104, in the second file from 0x110 to 0x120.
        let special: UInt8 = 13 + 14 * 4 + (2 + 5)
        let program =
            setAddress(0x100) + [3, 9, 5, 7, 1, special, 4, 2, 2, 12, 1, 2, 16] + Self.end

        let found = found(lines(program), [0xFF, 0x100, 0x103, 0x104, 0x10F, 0x110, 0x11F, 0x120])

        let first = SourceLine(file: 1, line: 10, column: 7)
        let second = SourceLine(file: 1, line: 12, column: 7)
        let third = SourceLine(file: 2, line: 12, column: 7)
        #expect(found == [nil, first, first, second, second, third, third, nil])
    }

    @Test func `of rows at the same address the last one holds`() {
        let program = setAddress(0x100) + [1, 3, 4, 1, 2, 8] + Self.end

        #expect(found(lines(program), [0x100]) == [SourceLine(file: 1, line: 5, column: 0)])
    }

    @Test func `code that the compiler made up belongs to the line before it in the same file`() {
        // Line 10 from 0x100, none from 0x104, and none in the second file from 0x108.
        let program =
            setAddress(0x100) + [3, 9, 1, 2, 4, 3, 0x76, 1, 2, 4, 4, 2, 1, 2, 8] + Self.end

        let found = found(lines(program), [0x100, 0x104, 0x108])

        let written = SourceLine(file: 1, line: 10, column: 0)
        #expect(found == [written, written, SourceLine(file: 2, line: 0, column: 0)])
    }

    @Test func `sequences need no order, and those that the linker dropped are none`() {
        let program =
            setAddress(0x200) + [3, 1, 1, 2, 8] + Self.end + setAddress(0) + [3, 7, 1, 2, 0x80, 0x20]
            + Self.end
            + setAddress(0x100) + [3, 2, 1, 2, 8] + Self.end

        #expect(found(lines(program), [0x50, 0x101, 0x201])?.map { $0?.line } == [nil, 3, 2])
    }

    @Test func `every operation moves as it should`() {
        let program =
            setAddress(0x100) + [3, 0x7F, 6, 7, 10, 11, 12, 3, 9, 4, 0, 1, 8, 1] + Self.end

        #expect(found(lines(program), [0x104, 0x114])?.map { $0?.line } == [0, 0])
        #expect(found(lines(program), [0x103, 0x115])?.map { $0?.line } == [nil, nil])
    }

    @Test func `heads that make no sense are refused`() {
        #expect(found([], [1]) == nil)
        #expect(found(lines([], lineRange: 0), [1]) == nil)
        #expect(found(lines([], firstSpecial: 0), [1]) == nil)
        #expect(found(Array(lines([]).prefix(20)), [1]) == nil)
        #expect(found([UInt8](repeating: 0xFF, count: 60), [1]) == nil)
    }

    @Test func `a program that is cut off finds what stands before`() {
        let program = setAddress(0x100) + [1, 2, 8, 1, 0, 0xFF, 0xFF]

        #expect(found(lines(program), [0x101, 0x109])?.map { $0?.line } == [1, nil])
    }

    @Test func `paths are put together of folder and name`() {
        MadeUpSections(lines: lines([])).read { sections in
            let files = LineProgram(sections, at: 0)?.files
            let unit = Unit.madeUp(version: 4)
            #expect(files?.path(1, unit) == "/src/main.swift")
            #expect(files?.path(2, unit) == "/abs/other.swift")
            #expect(
                files?.path(0, unit) == nil && files?.path(3, unit) == nil && files?.path(-1, unit) == nil)
        }
    }

    @Test func `version 5 says itself what it tells of files`() {
        let folders: [UInt8] = [1, 1, 0x1F, 2] + .number(0, bytes: 4) + .number(5, bytes: 4)
        let files: [UInt8] =
            [3, 1, 0x1F, 2, 0x0B, 5, 0x1E, 1] + .number(9, bytes: 4) + [1] + [UInt8](repeating: 0, count: 16)
        let head: [UInt8] = [1, 1, 1, 0xFB, 14, 1] + folders + files
        let body = [UInt8].number(5, bytes: 2) + [8, 0] + .number(UInt64(head.count), bytes: 4) + head
        let texts: [UInt8] = .text("/src") + .text("lib") + .text("a.swift")

        MadeUpSections(lines: .number(UInt64(body.count), bytes: 4) + body, lineTexts: texts).read {
            sections in
            let files = LineProgram(sections, at: 0)?.files
            #expect(files?.path(0, .madeUp(version: 5)) == "/src/lib/a.swift")
        }
    }
}
