// What was compiled at once: a file or a module, and what its entries are read by.

/// The head of a unit: where its entries are and how they are written.
struct UnitHead {
    let start: Int
    let firstEntry: Int
    let end: Int
    let abbreviations: Int
    let encoding: Encoding

    private static let typeUnits: Set<UInt64> = [2, 6]
    private static let skeletonUnits: Set<UInt64> = [4, 5]

    /// Reads the head at the place of the reader and moves behind the unit; nil for what has no code of its own or is
    /// of an unknown version.
    init?(_ reader: inout ByteReader) {
        let start = reader.position
        var length = reader.number(bytes: 4)
        let isLarge = length == 0xFFFF_FFFF
        if isLarge { length = reader.number(bytes: 8) }
        let body = reader.position
        reader.skip(length)
        guard !reader.isBroken else { return nil }
        let end = reader.position
        defer { reader.move(to: end) }

        reader.move(to: body)
        let version = UInt16(truncatingIfNeeded: reader.number(bytes: 2))
        let encoding = Encoding(version: version, offsetSize: isLarge ? 8 : 4)
        guard (2...5).contains(version) else { return nil }
        let kind = version == 5 ? reader.number(bytes: 1) : 0
        // The size of addresses stands before the offset of the abbreviations, or behind it.
        var addressSize = version == 5 ? reader.number(bytes: 1) : 0
        let abbreviations = reader.offset(bytes: encoding.offsetSize)
        if version < 5 { addressSize = reader.number(bytes: 1) }
        if Self.skeletonUnits.contains(kind) { reader.skip(8) }
        guard addressSize == UInt64(Encoding.addressSize), !Self.typeUnits.contains(kind),
            reader.position <= end
        else { return nil }
        self.start = start
        firstEntry = reader.position
        self.end = end
        self.abbreviations = abbreviations
        self.encoding = encoding
    }
}

/// A unit that can be read.
struct Unit {
    let head: UnitHead
    let table: AbbreviationTable
    var lines: UInt64?
    var folder = AttributeValue.absent
    /// What addresses of ranges are counted from.
    var baseAddress: UInt64 = 0
    var textOffsetsBase: UInt64
    var addressesBase: UInt64
    var rangeListsBase: UInt64

    /// Where the numbers of a section begin behind its own head, unless the unit says otherwise.
    private static func usualBase(_ encoding: Encoding, _ ofFour: UInt64, _ ofEight: UInt64) -> UInt64 {
        encoding.offsetSize == 4 ? ofFour : ofEight
    }

    init(_ head: UnitHead, _ table: AbbreviationTable) {
        self.head = head
        self.table = table
        textOffsetsBase = Self.usualBase(head.encoding, 8, 16)
        addressesBase = Self.usualBase(head.encoding, 8, 16)
        rangeListsBase = Self.usualBase(head.encoding, 12, 20)
    }
}
