// A program or library as it lies on disk.

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The sections of an ELF file of 64 bits, little-endian.
struct ELFFile {
    private struct Section {
        let name: String
        let type: UInt32
        let content: Bytes
        let link: Int
    }

    private enum SectionType {
        static let symbols: UInt32 = 2
        static let noBits: UInt32 = 8
        static let dynamicSymbols: UInt32 = 11
    }

    private static let headerSize = 64
    private static let sectionHeaderSize = 64
    private static let segmentHeaderSize = 56
    private static let compressed: UInt64 = 0x800

    private let sections: [Section]
    /// The address that the file was linked for, at the beginning of a page.
    let firstAddress: UInt64

    /// Reads the table of sections; nil when the bytes are something else.
    init?(_ bytes: Bytes) {
        var reader = ByteReader(bytes)
        // Magic, 64 bits, little-endian.
        guard bytes.count >= Self.headerSize, reader.number(bytes: 6) == 0x01_02_46_4C_45_7F else {
            return nil
        }
        reader.move(to: 32)
        let segmentsOffset = reader.offset(bytes: 8)
        let sectionsOffset = reader.offset(bytes: 8)
        reader.move(to: 54)
        let segmentSize = reader.offset(bytes: 2)
        let segmentCount = reader.offset(bytes: 2)
        let sectionSize = reader.offset(bytes: 2)
        let sectionCount = reader.offset(bytes: 2)
        let namesIndex = reader.offset(bytes: 2)
        guard !reader.isBroken, segmentCount == 0 || segmentSize == Self.segmentHeaderSize,
            sectionSize == Self.sectionHeaderSize
        else { return nil }
        firstAddress = Self.firstAddress(
            bytes.part(at: segmentsOffset, count: segmentCount * Self.segmentHeaderSize))
        let table = bytes.part(at: sectionsOffset, count: sectionCount * Self.sectionHeaderSize)
        let names = Self.content(namesIndex, table, bytes)
        sections = (0..<table.count / Self.sectionHeaderSize).map { index in
            var reader = ByteReader(table, at: index * Self.sectionHeaderSize)
            let name = names.text(at: reader.offset(bytes: 4)) ?? ""
            let type = UInt32(truncatingIfNeeded: reader.number(bytes: 4))
            reader.skip(32)
            let link = reader.offset(bytes: 4)
            return Section(name: name, type: type, content: Self.content(index, table, bytes), link: link)
        }
    }

    /// The bytes of a section; none where they are compressed, which is not undone here.
    private static func content(_ index: Int, _ table: Bytes, _ file: Bytes) -> Bytes {
        var reader = ByteReader(table)
        guard index >= 0, index < table.count / sectionHeaderSize else { return file.part(at: 0, count: 0) }
        reader.move(to: index * sectionHeaderSize + 4)
        let type = UInt32(truncatingIfNeeded: reader.number(bytes: 4))
        let flags = reader.number(bytes: 8)
        reader.skip(8)
        let offset = reader.offset(bytes: 8)
        let size = reader.offset(bytes: 8)
        let isAbsent = type == SectionType.noBits || flags & compressed != 0 || reader.isBroken
        return isAbsent ? file.part(at: 0, count: 0) : file.part(at: offset, count: size)
    }

    private static func firstAddress(_ segments: Bytes) -> UInt64 {
        var first = UInt64.max
        for index in 0..<segments.count / segmentHeaderSize {
            var reader = ByteReader(segments, at: index * segmentHeaderSize)
            let type = reader.number(bytes: 4)
            reader.skip(12)
            let address = reader.number(bytes: 8)
            if type == 1 { first = min(first, address) }
        }
        let page = UInt64(max(1, sysconf(Int32(_SC_PAGESIZE))))
        return first == .max ? 0 : first & ~(page &- 1)
    }

    /// A section's bytes; none where there is no such section.
    func content(of name: String) -> Bytes? {
        sections.first { $0.name == name && $0.content.count > 0 }?.content
    }

    /// The full table of symbols and the one that libraries are linked by, as far as they are there.
    var symbolTables: [SymbolTable] {
        [SectionType.symbols, SectionType.dynamicSymbols].compactMap { type in
            guard let table = sections.first(where: { $0.type == type && $0.content.count > 0 }),
                sections.indices.contains(table.link)
            else { return nil }
            return SymbolTable(entries: table.content, names: sections[table.link].content)
        }
    }

    /// Whether the file tells more than the addresses of symbols.
    var hasDebugInformation: Bool {
        content(of: ".debug_info") != nil
    }
}
