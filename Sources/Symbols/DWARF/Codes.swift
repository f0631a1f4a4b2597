// The numbers of DWARF that matter here (dwarfstd.org, version 5, section 7).

/// What an entry describes.
enum Tag {
    static let inlinedCall: UInt16 = 0x1D
    static let function: UInt16 = 0x2E
    static let block: UInt16 = 0x0B
}

/// What is told about an entry.
enum AttributeName {
    static let name: UInt16 = 0x03
    static let lineTable: UInt16 = 0x10
    static let lowAddress: UInt16 = 0x11
    static let highAddress: UInt16 = 0x12
    static let folder: UInt16 = 0x1B
    static let origin: UInt16 = 0x31
    static let specification: UInt16 = 0x47
    static let ranges: UInt16 = 0x55
    static let callColumn: UInt16 = 0x57
    static let callFile: UInt16 = 0x58
    static let callLine: UInt16 = 0x59
    static let linkageName: UInt16 = 0x6E
    static let textOffsetsBase: UInt16 = 0x72
    static let addressesBase: UInt16 = 0x73
    static let rangeListsBase: UInt16 = 0x74
    static let oldLinkageName: UInt16 = 0x2007
}
