// The functions of a program as its linker knows them.

/// A table of symbols, which is looked through rather than sorted: it is asked seldom, and may be large.
struct SymbolTable {
    struct Symbol {
        var name: Int
        var start: UInt64
    }

    private static let entrySize = 24
    /// How far a function reaches whose size nobody noted.
    private static let sizeOfUnsized: UInt64 = 1 << 16

    let entries: Bytes
    let names: Bytes

    /// The function around each address; the addresses must be sorted.
    func functions(at addresses: [UInt64]) -> [Symbol?] {
        var found = [Symbol?](repeating: nil, count: addresses.count)
        guard let lowest = addresses.first, let highest = addresses.last else { return found }
        // Without a reader, since a table may hold a hundred thousand symbols: each entry lies within it.
        let table = UnsafeRawPointer(entries.start)
        var offset = -Self.entrySize
        while offset <= entries.count &- 2 &* Self.entrySize {
            offset &+= Self.entrySize
            let head = UInt64(littleEndian: table.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            let start = UInt64(
                littleEndian: table.loadUnaligned(fromByteOffset: offset &+ 8, as: UInt64.self))
            // Of type and section: functions that are defined here.
            guard head &>> 32 & 0xF == 2, head &>> 48 != 0, start <= highest else { continue }
            let noted = UInt64(
                littleEndian: table.loadUnaligned(fromByteOffset: offset &+ 16, as: UInt64.self))
            let (sum, overflows) = start.addingReportingOverflow(noted == 0 ? Self.sizeOfUnsized : noted)
            let end = overflows ? .max : sum
            guard end > lowest else { continue }
            var place = addresses.firstIndex(notBelow: start)
            while place < addresses.count, addresses[place] < end {
                if found[place].map({ $0.start <= start }) ?? true {
                    found[place] = Symbol(name: Int(truncatingIfNeeded: head & 0xFFFF_FFFF), start: start)
                }
                place += 1
            }
        }
        return found
    }

    func name(of symbol: Symbol) -> String? {
        names.text(at: symbol.name)
    }
}

extension [UInt64] {
    /// The first index, in a sorted list, whose element is not below a value; the count where there is none.
    func firstIndex(notBelow value: UInt64) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
