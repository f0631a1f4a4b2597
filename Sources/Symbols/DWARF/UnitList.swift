// Which unit an address belongs to.

/// The units of a file with code in them, and how far it reaches.
struct UnitList {
    private struct Extent {
        let low: UInt64
        let high: UInt64
        let unit: Int
    }

    private let sections: DebugSections
    private let tables: AbbreviationTables
    private var heads: [UnitHead] = []
    private var extents: [Extent] = []

    init(_ sections: DebugSections, _ tables: AbbreviationTables) {
        self.sections = sections
        self.tables = tables
        var reader = ByteReader(sections.entries)
        while !reader.isAtEnd, heads.count < Limits.units {
            guard let head = UnitHead(&reader) else { continue }
            heads.append(head)
            addExtent(of: heads.count - 1)
        }
    }

    private mutating func addExtent(of index: Int) {
        let (unit, root) = read(index)
        guard let root, root.hasCode else { return }
        var low = UInt64.max
        var high: UInt64 = 0
        sections.forEachRange(of: root, unit) { range in
            low = min(low, range.lowerBound)
            high = max(high, range.upperBound)
            return true
        }
        if low < high { extents.append(Extent(low: low, high: high, unit: index)) }
    }

    /// A unit and the entry at its root.
    private func read(_ index: Int) -> (Unit, Entry?) {
        let head = heads[index]
        var unit = Unit(head, tables.table(of: head, sections))
        var reader = EntryReader(sections.entries, head, unit.table)
        let root = reader.readNext()
        guard let root else { return (unit, nil) }
        if case .number(let offset) = root.lineTable { unit.lines = offset }
        if case .number(let base) = root.textOffsetsBase { unit.textOffsetsBase = base }
        if case .number(let base) = root.addressesBase { unit.addressesBase = base }
        if case .number(let base) = root.rangeListsBase { unit.rangeListsBase = base }
        unit.folder = root.folder
        unit.baseAddress = sections.address(root.lowAddress, unit) ?? 0
        return (unit, root)
    }

    /// The unit whose code an address is in, by its number.
    func index(at address: UInt64) -> Int? {
        for extent in extents where extent.low <= address && address < extent.high {
            let (unit, root) = read(extent.unit)
            if let root, sections.contains(address, root, unit) { return extent.unit }
        }
        return nil
    }

    func unit(_ index: Int) -> Unit {
        read(index).0
    }

    /// The unit that an entry stands in.
    func unit(holding entry: Int) -> Unit? {
        var low = 0
        var high = heads.count
        while low < high {
            let middle = (low + high) / 2
            if heads[middle].end <= entry { low = middle + 1 } else { high = middle }
        }
        guard low < heads.count, heads[low].firstEntry <= entry else { return nil }
        return unit(low)
    }
}

/// The tables of abbreviations that were read last, since neighbours share them.
final class AbbreviationTables {
    private struct Key: Hashable {
        let offset: Int
        let encoding: Encoding
    }

    private var tables: [Key: AbbreviationTable] = [:]

    func table(of head: UnitHead, _ sections: DebugSections) -> AbbreviationTable {
        let key = Key(offset: head.abbreviations, encoding: head.encoding)
        if let table = tables[key] { return table }
        if tables.count >= Limits.keptAbbreviationTables { tables = [:] }
        let table = AbbreviationTable(sections.abbreviations, at: head.abbreviations, head.encoding)
        tables[key] = table
        return table
    }

    func forget() {
        tables = [:]
    }
}
