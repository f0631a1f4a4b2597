// An entry of debug information: a unit, a function, a call that was inlined.

/// What is told about an entry, as far as it matters here.
struct Entry {
    var tag: UInt16 = 0
    var hasChildren = false
    var name = AttributeValue.absent
    var linkageName = AttributeValue.absent
    /// The entry that has the name, or another that refers to it.
    var origin = AttributeValue.absent
    var lowAddress = AttributeValue.absent
    var highAddress = AttributeValue.absent
    var ranges = AttributeValue.absent
    var callFile = 0
    var callLine = 0
    var callColumn = 0
    var lineTable = AttributeValue.absent
    var folder = AttributeValue.absent
    var textOffsetsBase = AttributeValue.absent
    var addressesBase = AttributeValue.absent
    var rangeListsBase = AttributeValue.absent

    /// Whether it says where its code is.
    var hasCode: Bool {
        if case .absent = lowAddress, case .absent = ranges { return false }
        return true
    }

    mutating func take(_ value: AttributeValue, as attribute: UInt16) {
        switch attribute {
        case AttributeName.name: name = value
        case AttributeName.linkageName, AttributeName.oldLinkageName: linkageName = value
        case AttributeName.origin, AttributeName.specification: origin = value
        case AttributeName.lowAddress: lowAddress = value
        case AttributeName.highAddress: highAddress = value
        case AttributeName.ranges: ranges = value
        case AttributeName.callFile: callFile = value.number
        case AttributeName.callLine: callLine = value.number
        case AttributeName.callColumn: callColumn = value.number
        case AttributeName.lineTable: lineTable = value
        case AttributeName.folder: folder = value
        case AttributeName.textOffsetsBase: textOffsetsBase = value
        case AttributeName.addressesBase: addressesBase = value
        case AttributeName.rangeListsBase: rangeListsBase = value
        default: break
        }
    }
}

/// Goes through the entries of a unit in the order in which they are written.
struct EntryReader {
    private let unit: UnitHead
    private let table: AbbreviationTable
    private var reader: ByteReader

    init(_ entries: Bytes, _ unit: UnitHead, _ table: AbbreviationTable, at offset: Int? = nil) {
        self.unit = unit
        self.table = table
        reader = ByteReader(entries.part(at: 0, count: unit.end))
        let offset = offset ?? unit.firstEntry
        reader.move(to: offset >= unit.firstEntry ? offset : -1)
    }

    /// Where the next entry begins.
    var position: Int {
        reader.position
    }

    /// What comes next: an entry of a shape, or the end of the entries within another one.
    enum Step {
        case entry(AbbreviationTable.Abbreviation)
        case endOfChildren
        case end
    }

    mutating func next() -> Step {
        guard !reader.isAtEnd else { return .end }
        let code = reader.variableNumber()
        if reader.isBroken { return .end }
        if code == 0 { return .endOfChildren }
        return table.abbreviation(code).map(Step.entry) ?? .end
    }

    /// Moves behind the entry whose shape was just read.
    mutating func skip(_ abbreviation: AbbreviationTable.Abbreviation) {
        if let size = abbreviation.size { return reader.skip(size) }
        for index in abbreviation.attributes {
            Form.skip(table.attributes[index].form, unit.encoding, &reader)
        }
    }

    /// Reads the entry whose shape was just read; nil when it is broken.
    mutating func read(_ abbreviation: AbbreviationTable.Abbreviation) -> Entry? {
        var entry = Entry(tag: abbreviation.tag, hasChildren: abbreviation.hasChildren)
        for index in abbreviation.attributes {
            let attribute = table.attributes[index]
            let value = Form.read(
                attribute.form, unit.encoding, unit: unit.start, constant: attribute.constant, &reader)
            entry.take(value, as: attribute.name)
        }
        return reader.isBroken ? nil : entry
    }

    /// Reads the entry that begins here.
    mutating func readNext() -> Entry? {
        guard case .entry(let abbreviation) = next() else { return nil }
        return read(abbreviation)
    }
}
