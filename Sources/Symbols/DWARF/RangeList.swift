// Code that lies in several places.

/// Reads lists of ranges, in the form of version 5 and in that of the versions before.
struct RangeList {
    private enum Kind {
        static let end: UInt8 = 0
        static let baseIndex: UInt8 = 1
        static let startIndexEndIndex: UInt8 = 2
        static let startIndexLength: UInt8 = 3
        static let offsets: UInt8 = 4
        static let base: UInt8 = 5
        static let startEnd: UInt8 = 6
        static let startLength: UInt8 = 7
    }

    private let sections: DebugSections
    private let unit: Unit

    init(_ sections: DebugSections, _ unit: Unit) {
        self.sections = sections
        self.unit = unit
    }

    /// The ranges of the list with a number; `body` says whether it wants more.
    func forEach(index: UInt64, _ body: (Range<UInt64>) -> Bool) {
        let size = unit.head.encoding.offsetSize
        let base = unit.rangeListsBase
        guard let offset = sections.number(index, from: base, size: size, in: sections.rangeLists) else {
            return
        }
        forEach(at: base &+ offset, body)
    }

    /// The ranges of the list at an offset.
    func forEach(at offset: UInt64, _ body: (Range<UInt64>) -> Bool) {
        guard offset < UInt64(Int64.max) else { return }
        let offset = Int(truncatingIfNeeded: offset)
        unit.head.encoding.version >= 5 ? forEachOfNew(at: offset, body) : forEachOfOld(at: offset, body)
    }

    /// Pairs of addresses: two zeros end the list, and a pair that begins with the highest address sets the base.
    private func forEachOfOld(at offset: Int, _ body: (Range<UInt64>) -> Bool) {
        var reader = ByteReader(sections.ranges, at: offset)
        var base = unit.baseAddress
        while sections.effort.spend() {
            let low = reader.number(bytes: 8)
            let high = reader.number(bytes: 8)
            if reader.isBroken || low == 0 && high == 0 { return }
            if low == .max {
                base = high
            } else if !give(base &+ low, base &+ high, body) {
                return
            }
        }
    }

    private func forEachOfNew(at offset: Int, _ body: (Range<UInt64>) -> Bool) {
        var reader = ByteReader(sections.rangeLists, at: offset)
        var base = unit.baseAddress
        while sections.effort.spend() {
            let kind = reader.byte()
            if kind == Kind.end || reader.isBroken { return }
            switch kind {
            case Kind.baseIndex: base = sections.address(at: reader.variableNumber(), unit) ?? 0
            case Kind.base: base = reader.number(bytes: 8)
            default:
                guard let (low, high) = bounds(kind, base, &reader) else { return }
                if reader.isBroken || !give(low, high, body) { return }
            }
        }
    }

    private func bounds(_ kind: UInt8, _ base: UInt64, _ reader: inout ByteReader) -> (UInt64, UInt64)? {
        switch kind {
        case Kind.startIndexEndIndex:
            let low = sections.address(at: reader.variableNumber(), unit) ?? 0
            return (low, sections.address(at: reader.variableNumber(), unit) ?? 0)
        case Kind.startIndexLength:
            let low = sections.address(at: reader.variableNumber(), unit) ?? 0
            return (low, low &+ reader.variableNumber())
        case Kind.offsets:
            let low = base &+ reader.variableNumber()
            return (low, base &+ reader.variableNumber())
        case Kind.startEnd:
            let low = reader.number(bytes: 8)
            return (low, reader.number(bytes: 8))
        case Kind.startLength:
            let low = reader.number(bytes: 8)
            return (low, low &+ reader.variableNumber())
        default: return nil
        }
    }

    /// Hands on a range with code in it; at zero and one lies what the linker dropped.
    private func give(_ low: UInt64, _ high: UInt64, _ body: (Range<UInt64>) -> Bool) -> Bool {
        low > 1 && low < high ? body(low..<high) : true
    }
}
